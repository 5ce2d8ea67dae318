import Mail
import TestKit
import Testing

/// Replies as providers write them, and the id that is in each.
@Suite struct `A provider's own id` {
    @Test(
        arguments: [
            (
                "Ok 0102018e4d1c2f3a-7b6c5d4e-1a2b-4c3d-9e8f-001122334455-000000",
                "0102018e4d1c2f3a-7b6c5d4e-1a2b-4c3d-9e8f-001122334455-000000"
            ),
            (
                "2.0.0 OK <AM0PR04MB1.eurprd04@prod.outlook.example> [Hostname=AM0PR04MB1.eurprd04.prod]",
                "AM0PR04MB1.eurprd04@prod.outlook.example"
            ),
            ("2.0.0 Ok: queued as 4F2A1", "4F2A1"), ("OK id=1rAbCd-0001Xy-2z", "1rAbCd-0001Xy-2z"),
            ("2.0.0 OK  1700000000 a1-20020a056512012345sm12.6 - gsmtp", "a1-20020a056512012345sm12.6"),
            ("Ok: queued as ZyXw-1_aBc", "ZyXw-1_aBc"),
            ("2.6.0 <x1@host.example> Queued mail for delivery", "x1@host.example"),
            ("2.0.0 3f7kxyz1a2 Message accepted for delivery", "3f7kxyz1a2"),
            ("2.0.0 Ok", nil), ("Great success", nil), ("", nil), ("2.0.0 accepted by mail.example", nil),
            ("2.0.0 <> thanks", nil),
        ] as [(String, String?)])
    func `is read where the reply names one`(text: String, id: String?) {
        #expect(Reply(code: 250, lines: [text]).providerID == id)
        #expect(Reply(code: 451, lines: [text]).providerID == nil)
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `is the same whether it is looked for by octets or by words`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let parts = [
            "as", "AS", "id=", "Id=", "queued", "Ok", "2.0.0", "<", ">", "@", "a1", "4F2A1b", "x@y.z",
            "0102018e-4d1c2f3a",
            "1700000000", "ä9", "é", "(", "]", ";", "\"", ",", "\t", "-", "_", "#", "longword", "longw0rd", "",
        ]
        var named = 0
        for _ in 0..<20_000 {
            let text = (0..<random.int(0...7)).map { _ in random.pick(parts) + (random.oneIn(2) ? " " : "") }.joined()
            let id = Reply(code: 250, lines: ["first line 12345678", text]).providerID
            #expect(id == Self.byWords(text), "seed \(seed): \(text)")
            if id != nil { named += 1 }
        }
        #expect(named > 2_000, "seed \(seed)")
    }

    /// The rule in the words of its description.
    private static func byWords(_ text: String) -> String? {
        func isID(_ word: some StringProtocol) -> Bool {
            let isWritten = word.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_.@+/=:$%!~#".unicodeScalars.contains($0))
            }
            return isWritten && word.contains(where: \.isNumber) && EnhancedCode(prefixOf: word) == nil
        }
        let after = text.split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
        if let after, let close = after.firstIndex(of: ">"), after[..<close].contains("@"), isID(after[..<close]) {
            return String(after[..<close])
        }
        let words = text.split { " \t()[],;\"<>".contains($0) }
        if let next = words.drop(while: { $0.lowercased() != "as" }).dropFirst().first, isID(next) {
            return String(next)
        }
        if let id = words.first(where: { $0.lowercased().hasPrefix("id=") })?.dropFirst(3), isID(id) {
            return String(id)
        }
        let long = words.filter { $0.utf8.count >= 8 && isID($0) }
        return long.first { $0.utf8.count == long.map(\.utf8.count).max() }.map(String.init)
    }
}
