import CSQLite
import CivilTime
import Ledger
import Outreach

/// A prepared statement: values go in and columns come out one after the other, in the order of the SQL text.
final class Statement {
    private let handle: OpaquePointer
    private unowned let connection: Connection
    private var parameter: Int32 = 0
    private var column: Int32 = 0

    init(_ handle: OpaquePointer, of connection: Connection) {
        self.handle = handle
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Moves to the next row; false behind the last.
    func step() throws(StoreError) -> Bool {
        column = 0
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else { throw connection.error(code) }
        return false
    }

    /// Ends it, so that it holds no lock; its values stay until others are given.
    func reset() {
        sqlite3_reset(handle)
        parameter = 0
    }

    // MARK: values

    func bind(_ value: Int) {
        parameter += 1
        sqlite3_bind_int64(handle, parameter, Int64(value))
    }

    func bind(_ value: Int?) {
        if let value { bind(value) } else { bindNull() }
    }

    func bind(_ value: Instant) { bind(value.seconds) }
    func bind(_ value: Instant?) { bind(value?.seconds) }
    func bind(_ value: LocalDate) { bind(value.dayNumber) }
    func bind(_ value: Bool) { bind(value ? 1 : 0) }

    func bind(_ value: Double) {
        parameter += 1
        sqlite3_bind_double(handle, parameter, value)
    }

    func bind(_ value: String) {
        parameter += 1
        var text = value
        text.withUTF8 { bytes in
            _ = bytes.withMemoryRebound(to: CChar.self) {
                stoke_sqlite3_bind_text(handle, parameter, $0.baseAddress, Int32($0.count))
            }
        }
    }

    func bind(_ value: String?) {
        if let value { bind(value) } else { bindNull() }
    }

    func bind(_ value: [UInt8]) {
        parameter += 1
        value.withUnsafeBytes { _ = stoke_sqlite3_bind_blob(handle, parameter, $0.baseAddress, Int32($0.count)) }
    }

    func bind(_ value: [UInt8]?) {
        if let value { bind(value) } else { bindNull() }
    }

    private func bindNull() {
        parameter += 1
        sqlite3_bind_null(handle, parameter)
    }

    // MARK: columns

    func int() -> Int {
        column += 1
        return Int(sqlite3_column_int64(handle, column - 1))
    }

    func optionalInt() -> Int? {
        column += 1
        if sqlite3_column_type(handle, column - 1) == SQLITE_NULL { return nil }
        return Int(sqlite3_column_int64(handle, column - 1))
    }

    func double() -> Double {
        column += 1
        return sqlite3_column_double(handle, column - 1)
    }

    func bool() -> Bool { int() != 0 }
    func instant() -> Instant { Instant(int()) }
    func optionalInstant() -> Instant? { optionalInt().map { Instant($0) } }
    func day() -> LocalDate { LocalDate(dayNumber: int()) }

    func text() -> String { optionalText() ?? "" }

    func optionalText() -> String? {
        column += 1
        guard let text = sqlite3_column_text(handle, column - 1) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column - 1))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    func octets() -> [UInt8] { optionalOctets() ?? [] }

    func optionalOctets() -> [UInt8]? {
        column += 1
        if sqlite3_column_type(handle, column - 1) == SQLITE_NULL { return nil }
        let count = Int(sqlite3_column_bytes(handle, column - 1))
        guard count > 0, let start = sqlite3_column_blob(handle, column - 1) else { return [] }
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// A text that names a case; another one means that the value is damaged.
    func name<T: RawRepresentable>(_ type: T.Type) throws(StoreError) -> T where T.RawValue == String {
        let text = text()
        guard let value = T(rawValue: text) else {
            throw .damaged(reason: "column \(column) has a \(T.self) that is none")
        }
        return value
    }

    func personID() -> Person.ID { Person.ID(int()) }
    func enrollmentID() -> Enrollment.ID { Enrollment.ID(int()) }
}
