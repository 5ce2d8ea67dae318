/// Named values in the order in which they were set.
package struct Record: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// What a record holds, shared by its copies until one of them is changed.
    private final class Storage: @unchecked Sendable {
        // Changed only while one record alone refers to it.
        var keys: [String] = []
        var values: [Value] = []
        /// The place of each key, where there are too many to look through.
        var places: [String: Int] = [:]

        init() {}

        init(_ keys: [String], _ values: [Value]) {
            (self.keys, self.values) = (keys, values)
            rebuildPlaces()
        }

        init(_ other: Storage) { (keys, values, places) = (other.keys, other.values, other.places) }

        /// A copy with room for more.
        init(_ other: Storage, room: Int) {
            keys.reserveCapacity(other.keys.count + room)
            values.reserveCapacity(other.keys.count + room)
            keys += other.keys
            values += other.values
            places = other.places
        }

        func place(of key: String) -> Int? {
            keys.count > Record.mostWithoutPlaces ? places[key] : keys.firstIndex(of: key)
        }

        func append(_ key: String, _ value: Value) {
            keys.append(key)
            values.append(value)
            if keys.count == Record.mostWithoutPlaces + 1 {
                rebuildPlaces()
            } else if keys.count > Record.mostWithoutPlaces {
                places[key] = keys.count - 1
            }
        }

        func remove(at place: Int) {
            keys.remove(at: place)
            values.remove(at: place)
            rebuildPlaces()
        }

        private func rebuildPlaces() {
            if !places.isEmpty { places = [:] }
            if keys.count > Record.mostWithoutPlaces { for (place, key) in keys.enumerated() { places[key] = place } }
        }
    }

    /// Up to so many keys are looked through one by one: that takes less than hashing.
    private static let mostWithoutPlaces = 24

    private var storage = Storage()

    package init() {}

    /// Of a name that comes twice the last value stays.
    package init(dictionaryLiteral elements: (String, Value)...) {
        var (keys, values): ([String], [Value]) = ([], [])
        keys.reserveCapacity(elements.count)
        values.reserveCapacity(elements.count)
        for (key, value) in elements {
            if let place = keys.firstIndex(of: key) {
                values[place] = value
            } else {
                keys.append(key)
                values.append(value)
            }
        }
        storage = Storage(keys, values)
    }

    /// What `base` has, and these values as well: they stand for those that it has under the same names.
    package init(_ base: Record, adding values: [(String, Value)]) {
        storage = Storage(base.storage, room: values.count)
        for (key, value) in values {
            if let place = storage.place(of: key) {
                storage.values[place] = value
            } else {
                storage.append(key, value)
            }
        }
    }

    /// The names, oldest first.
    package var keys: [String] { storage.keys }

    /// The value of `key`; setting `nil` removes it.
    package subscript(key: String) -> Value? {
        get { storage.place(of: key).map { storage.values[$0] } }
        set {
            let place = storage.place(of: key)
            if place == nil, newValue == nil { return }
            if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage) }
            switch (place, newValue) {
            case (let place?, let value?): storage.values[place] = value
            case (nil, let value?): storage.append(key, value)
            case (let place?, nil): storage.remove(at: place)
            case (nil, nil): break
            }
        }
    }

    /// The value of `key`, and its place among the keys. It is looked for at `hint` first: records of one kind have
    /// their keys in the same places.
    package func find(_ key: String, near hint: Int) -> (value: Value, place: Int)? {
        if hint < storage.keys.count, storage.keys[hint] == key { return (storage.values[hint], hint) }
        return storage.place(of: key).map { (storage.values[$0], $0) }
    }

    /// Whether it has no fact.
    package var isEmpty: Bool { storage.keys.isEmpty }
    /// How many facts it has; a record inside counts as one.
    package var count: Int { storage.keys.count }
    /// Name and value, in order.
    package var elements: [(key: String, value: Value)] { Array(zip(storage.keys, storage.values)).map { ($0, $1) } }

    /// The value at a dotted path, `company.industry`; `nil` where there is none.
    package subscript(path path: [String]) -> Value? {
        guard let first = path.first, let value = self[first] else { return nil }
        if path.count == 1 { return value }
        guard case .record(let inner) = value else { return nil }
        return inner[path: Array(path.dropFirst())]
    }

    package static func == (a: Record, b: Record) -> Bool {
        a.storage === b.storage || a.storage.keys == b.storage.keys && a.storage.values == b.storage.values
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(storage.keys)
        hasher.combine(storage.values)
    }
}
