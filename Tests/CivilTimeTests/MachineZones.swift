import CivilTime
import Host
import Testing

/// The zones of this machine, read as the command reads them.
enum MachineZones {
    static let database: ZoneDatabase? = ZoneFolder.find(Environment.ofProcess()).map { folder in
        ZoneDatabase(list: { folder.names() }, read: { folder.read($0) })
    }

    static func all() throws -> [Zone] {
        let database = try #require(database, "this machine has no zone files")
        return try database.names.map { try database.zone($0) }
    }

    static func zone(_ name: String) throws -> Zone {
        try #require(database, "this machine has no zone files").zone(name)
    }
}

extension [UInt8] {
    /// The octets of 64-bit numbers, least significant first, as Python's array("q") reads them here.
    init(numbers: [Int]) {
        self = numbers.flatMap { number in Swift.withUnsafeBytes(of: Int64(number).littleEndian, Array.init) }
    }

    /// The 64-bit numbers that these octets are.
    var numbers: [Int] {
        withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - 7, by: 8).map {
                Int(Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Int64.self)))
            }
        }
    }
}
