// Prints what `CivilTime` says of the lines it reads, `ZONE SECONDS SECONDS ...`: a line `OFFSET ABBREVIATION` for each.
// Built by .ci/static-zones together with the sources of CivilTime and Host.

guard let folder = ZoneFolder.find(Environment.ofProcess()) else { fatalError("this machine has no zone files") }
let zones = ZoneDatabase(list: { folder.names() }, read: { folder.read($0) })
while let line = readLine() {
    let words = line.split(separator: " ")
    let zone = try zones.zone(String(words[0]))
    var answers = ""
    for word in words.dropFirst() {
        let offset = zone.offset(at: Instant(Int(word) ?? 0))
        answers += "\(offset.seconds) \(offset.abbreviation)\n"
    }
    print(answers, terminator: "")
}
