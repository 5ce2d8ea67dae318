/// The members of a JSON object, in the order in which they were first set.
///
/// Equality minds the order: two objects are equal when they are written alike.
package struct JSONObject: Sendable, ExpressibleByDictionaryLiteral {
    /// Name and value, in order; no name twice.
    package private(set) var members: [(name: String, value: JSON)] = []
    /// Where a name is, kept only by objects too large to search.
    private var places: [String: Int] = [:]
    private static let searched = 12

    package init() {}

    /// The members `elements`; of a name that comes twice the last value stays (RFC 8259 section 4 leaves it open).
    package init(_ elements: [(String, JSON)]) {
        members.reserveCapacity(elements.count)
        for (name, value) in elements { self[name] = value }
    }

    /// As `init(_:)` reads them.
    package init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }

    /// Whether it has no member.
    package var isEmpty: Bool { members.isEmpty }
    /// How many members it has.
    package var count: Int { members.count }
    /// The names, in order.
    package var names: [String] { members.map(\.name) }

    /// The value of `name`; setting `nil` removes it, setting `.null` writes a null.
    package subscript(name: String) -> JSON? {
        get { place(of: name).map { members[$0].value } }
        set {
            switch (place(of: name), newValue) {
            case (let place?, let value?): members[place].value = value
            case (nil, let value?): append(name, value)
            case (let place?, nil):
                members.remove(at: place)
                places = [:]
                if members.count > JSONObject.searched { indexAll() }
            case (nil, nil): break
            }
        }
    }

    private mutating func append(_ name: String, _ value: JSON) {
        members.append((name, value))
        if !places.isEmpty {
            places[name] = members.count - 1
        } else if members.count > JSONObject.searched {
            indexAll()
        }
    }

    private mutating func indexAll() {
        for (place, member) in members.enumerated() { places[member.name] = place }
    }

    private func place(of name: String) -> Int? {
        places.isEmpty ? members.firstIndex { $0.name == name } : places[name]
    }
}

extension JSONObject: Hashable {
    package static func == (a: JSONObject, b: JSONObject) -> Bool {
        a.members.elementsEqual(b.members) { $0.name == $1.name && $0.value == $1.value }
    }

    package func hash(into hasher: inout Hasher) {
        for (name, value) in members {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}
