import InboundMail
import MIME
import Testing

/// Typed opt-outs of `Fixtures/opt-outs.tsv`, and what only sounds like one.
struct OptOutTests {
    @Test func `typed opt-outs are heard in fourteen languages, and talk about them is not`() throws {
        let rows = try Fixture.rows("opt-outs.tsv")
        #expect(rows.filter { $0[1] == "out" }.count >= 60)
        var right = 0
        for row in rows {
            let quoted =
                "On Mon, Nov 9, 2026, Ana <ana@ours.example> wrote:\n> Hi\n> unsubscribe: https://ours.example/u"
            let message = Sample.mail(
                subject: "Re: A question", ["In-Reply-To: <m1@ours.example>"], "\(row[2])\n\n\(quoted)\n")
            let expected: Classification.Kind = row[1] == "out" ? .unsubscribe : .reply
            let found = Sample.classified(message).kind
            if found == expected { right += 1 }
            #expect(found == expected, "\(row[2])")
        }
        print("opt-outs and look-alikes: \(right)/\(rows.count)")
    }

    @Test func `an empty message with the subject unsubscribe is an opt-out`() {
        #expect(Sample.classified(Sample.mail(subject: "unsubscribe", [], "")).kind == .unsubscribe)
        #expect(Sample.classified(Sample.mail(subject: "A question", [], "")).kind == .other)
    }
}
