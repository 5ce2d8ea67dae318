import Interchange
import Outreach
import Qualification
import Reports

/// `check --prospects`: what lists say to the ICPs, before anybody is imported.
struct ProspectShare {
    private let share: FitShare
    private let source: String

    init(_ people: ListedPeople, _ model: Model) throws {
        var share = FitShare(model.qualification)
        try people.each { if !$0.person.isForgotten { share.add($0.person) } }
        self.share = share
        source = people.source
    }

    func text(_ output: Output) -> String {
        guard !share.profiles.isEmpty else { return "no ICP in qualification.yaml to judge \(Sink.line(source)) by\n" }
        return output.style.bold(Sink.line("Fit of \(source)")) + "\n"
            + FitShareText(share).text(width: output.width, style: output.style)
    }

    var json: JSON { FitShareText(share).json() }
}
