import Mail
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
}
