import CivilTime
import Facts
import Interchange
import Outreach
import Qualification
import Reports
import TestKit
import Testing

@Suite struct PipelineTests {
    @Test func `the board and its forms are as recorded`() throws {
        let demo = try DemoLedger()
        let board = try PipelineBoard(demo.store, demo.qualifier, now: demo.now, zone: DemoPeople.zone)
        #expect(board.people == 160)
        #expect(PeopleTests.fits(board.text()))
        #expect(Golden.difference("pipeline/board.txt", board.text()) == nil)
        #expect(Golden.difference("pipeline/board.json", board.json().pretty + "\n") == nil)
        #expect(Golden.difference("pipeline/board.csv", String(decoding: board.csv(), as: UTF8.self)) == nil)
        #expect(Golden.difference("pipeline/board.html", board.page()) == nil)
    }

    @Test(arguments: PerformanceReport.Dimension.allCases)
    func `a report and its forms are as recorded`(dimension: PerformanceReport.Dimension) throws {
        let demo = try DemoLedger()
        let report = try PerformanceReport(
            demo.store, by: dimension, in: (demo.now - 75 * .day)..<demo.now, qualifier: demo.qualifier,
            zone: DemoPeople.zone)
        #expect(PeopleTests.fits(report.text()))
        #expect(Golden.difference("reports/\(dimension).txt", report.text()) == nil)
        guard dimension == .variant else { return }
        #expect(Golden.difference("reports/variant.json", report.json().pretty + "\n") == nil)
        #expect(Golden.difference("reports/variant.csv", String(decoding: report.csv(), as: UTF8.self)) == nil)
        #expect(Golden.difference("reports/variant.html", report.page()) == nil)
    }

    @Test func `automatic replies and bounces are no replies and bounced people no denominators`() {
        let start = DemoPeople.now - 10 * .day
        var report = PerformanceReport(
            .sequence, in: start..<DemoPeople.now, qualifier: DemoPeople.qualifier, zone: DemoPeople.zone)
        func history(_ kinds: TouchpointKind...) -> History {
            var history = DemoPeople.mayasHistory
            history.touchpoints = kinds.enumerated().map { index, kind in
                DemoPeople.touch(index + 1, kind, daysAgo: 5 - Double(index))
            }
            return history
        }
        report.add(history(.emailSent, .bounceHard))
        report.add(history(.emailSent, .autoReply, .autoReply))
        report.add(history(.emailSent, .replyPositive, .replyPositive, .replyNegative))
        report.add(history(.replyPositive))
        let line = report.lines.first
        #expect(report.lines.count == 1 && line?.key == "founders")
        #expect(line?.delivered == 2 && line?.mails == 3 && line?.bounces == 1 && line?.automaticReplies == 2)
        #expect(line?.counts == [.positive: 1, .replies: 1])
    }

    @Test func `an experiment names no winner before it may`() throws {
        let demo = try DemoLedger()
        let sequence = try #require(DemoLedger.model.sequences["founders"])
        var report = try #require(ExperimentReport(sequence, now: demo.now))
        try Everybody.each(in: demo.store) { report.add($0) }
        #expect(report.text().contains("cannot conclude; about"))
        #expect(Golden.difference("reports/experiment.txt", report.text()) == nil)
        // The same difference, of two thousand people, is none of chance.
        for index in 0..<2000 {
            var history = DemoPeople.mayasHistory
            history.person.id = .init(index + 1000)
            history.touchpoints = [
                DemoPeople.touch(1, .emailSent, daysAgo: 30, ["variant": .text(index % 2 == 0 ? "a" : "b")])
            ]
            if index % 2 == 1, index % 5 == 0 {
                history.touchpoints.append(DemoPeople.touch(2, .replyPositive, daysAgo: 28))
            }
            report.add(history)
        }
        #expect(report.text().contains("b is better; this holds however often one looks"))
    }

    @Test func `a source says who came to whom`() {
        func origin(_ source: String?) -> Origin {
            var person = DemoPeople.maya
            person.facts["source"] = source.map { .text($0) }
            return Origin(of: person)
        }
        #expect(origin("Webinar: March") == .inbound && origin("partner/acme") == .referral)
        #expect(origin("prospects/leads.csv") == .outbound && origin(nil) == .outbound && origin("list") == .outbound)
    }
}
