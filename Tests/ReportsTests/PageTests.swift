import CivilTime
import Foundation
import Reports
import TestKit
import Testing

/// Pages as a real browser paints them. Without Chromium nothing is checked here, and the tests say so.
@Suite(.serialized) struct PageTests {
    static let hasBrowser = (try? ChildProcess.run("chromium", ["--version"]).status) == 0

    /// For every colour asked for: how many pixels have it, and the longest run of rows in one column, once as it is and
    /// once with both sides of a line that cuts it, which is at most four rows thick with its blurred edges.
    struct Painted {
        var count: [String: Int] = [:]
        var tallest: [String: Int] = [:]
        var joined: [String: Int] = [:]
    }

    /// Decodes a PNG with nothing but Python's own library (RFC 2083: filters undone row by row).
    static let decoder = """
        import sys, zlib, struct
        data = open(sys.argv[1], 'rb').read()
        at, idat = 8, b''
        while at < len(data):
            size, kind = struct.unpack('>I4s', data[at:at+8])
            body = data[at+8:at+8+size]
            if kind == b'IHDR': width, height, depth, colour = struct.unpack('>IIBB', body[:10])
            if kind == b'IDAT': idat += body
            at += 12 + size
        bpp = {2: 3, 6: 4}[colour]
        raw, stride, last, rows = zlib.decompress(idat), width * bpp, bytearray(width * bpp), []
        for y in range(height):
            line = bytearray(raw[y*(stride+1)+1:(y+1)*(stride+1)])
            f = raw[y*(stride+1)]
            for x in range(stride):
                a = line[x-bpp] if x >= bpp else 0
                b = last[x]
                c = last[x-bpp] if x >= bpp else 0
                if f == 1: line[x] = (line[x] + a) & 255
                elif f == 2: line[x] = (line[x] + b) & 255
                elif f == 3: line[x] = (line[x] + (a + b) // 2) & 255
                elif f == 4:
                    p = a + b - c
                    pa, pb, pc = abs(p-a), abs(p-b), abs(p-c)
                    line[x] = (line[x] + (a if pa <= pb and pa <= pc else b if pb <= pc else c)) & 255
            rows.append(line); last = line
        for wanted in sys.argv[2:]:
            rgb = bytes.fromhex(wanted)
            count, tallest, runs = 0, 0, [0] * width
            joined, first, seen = 0, [None] * width, [None] * width
            for y, line in enumerate(rows):
                for x in range(width):
                    if line[x*bpp:x*bpp+3] == rgb:
                        count += 1; runs[x] += 1; tallest = max(tallest, runs[x])
                        if seen[x] is None or y - seen[x] > 5: first[x] = y
                        seen[x] = y; joined = max(joined, y - first[x] + 1)
                    else: runs[x] = 0
            print(wanted, count, tallest, joined)
        """

    static func paint(
        _ page: String, dark: Bool, width: Int = 420, height: Int = 420, _ colours: [String]
    ) throws -> Painted {
        let folder = try TemporaryFolder()
        let html = try folder.write("page.html", text: page)
        let picture = folder.path("page.png")
        let result = try ChildProcess.run(
            "chromium",
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--user-data-dir=\(folder.path("profile"))",
                "--blink-settings=preferredColorScheme=\(dark ? 0 : 1)", "--window-size=\(width),\(height)",
                "--screenshot=\(picture)", "file://\(html)",
            ])
        try #require(result.status == 0, "\(result.errorText)")
        let output = try ChildProcess.python(decoder, [picture] + colours)
        var painted = Painted()
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 4 else { continue }
            painted.count[String(parts[0])] = Int(parts[1])
            painted.tallest[String(parts[0])] = Int(parts[2])
            painted.joined[String(parts[0])] = Int(parts[3])
        }
        return painted
    }

    @Test(arguments: [false, true]) func `the phone's page is light or dark and its links are 44 points high`(
        dark: Bool
    ) throws {
        guard Self.hasBrowser else { return print("chromium is not installed: pages were not painted") }
        let (paper, accent) = dark ? ("171614", "ff9a62") : ("fbfaf8", "b4430f")
        let painted = try Self.paint(Listings.two.page(), dark: dark, [paper, accent])
        #expect(painted.count[paper, default: 0] > 30_000)
        #expect(painted.tallest[accent, default: 0] >= 42, "without the border's two")
    }

    @Test(arguments: [false, true]) func `a report's bars are painted`(dark: Bool) throws {
        guard Self.hasBrowser else { return print("chromium is not installed: pages were not painted") }
        let demo = try DemoLedger()
        let report = try PerformanceReport(
            demo.store, by: .variant, in: (demo.now - 75 * 86_400)..<demo.now, qualifier: demo.qualifier,
            zone: DemoPeople.zone)
        let bar = dark ? "3f7fb0" : "2f6f9f"
        let painted = try Self.paint(report.page(), dark: dark, width: 700, [bar])
        #expect(painted.count[bar, default: 0] > 3000)
        #expect((15...20).contains(painted.joined[bar, default: 0]), "\(painted.joined)")
    }

    /// At a phone's width the columns of the wall stand one under the other, all in sight; on a screen side by side.
    @Test(arguments: [false, true], [390, 1100]) func `the board fits its screen`(dark: Bool, width: Int) throws {
        guard Self.hasBrowser else { return print("chromium is not installed: pages were not painted") }
        let demo = try DemoLedger()
        let board = try PipelineBoard(demo.store, demo.qualifier, now: demo.now, zone: DemoPeople.zone)
        let (card, bar) = dark ? ("201f1c", "3f7fb0") : ("ffffff", "2f6f9f")
        let painted = try Self.paint(board.page(), dark: dark, width: width, height: 1400, [card, bar])
        // Of a column's card that reaches from the top of the wall to its end little is in sight on a phone.
        let tallest = painted.tallest[card, default: 0]
        #expect(width < 640 ? (20...400).contains(tallest) : tallest > 400, "\(tallest)")
        #expect(painted.count[bar, default: 0] > (width < 640 ? 0 : 1500))
    }

    @Test func `a page loads nothing and runs nothing`() throws {
        let demo = try DemoLedger()
        let board = try PipelineBoard(demo.store, demo.qualifier, now: demo.now, zone: DemoPeople.zone)
        for page in [Listings.two.page(), board.page()] {
            #expect(page.contains("default-src 'none'"))
            for sign in ["<script", "src=", "@import", "url(", "<link", "<iframe", "onload"] {
                #expect(!page.contains(sign))
            }
        }
    }
}
