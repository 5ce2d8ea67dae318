import Diagnostics

extension Finding {
    /// The finding as it may be shown and logged: no source line in it has a password.
    var withoutSecrets: Finding {
        var finding = self
        finding.place?.lineText = SecretMask.masked(place?.lineText ?? "")
        for index in notes.indices {
            finding.notes[index].place?.lineText = SecretMask.masked(notes[index].place?.lineText ?? "")
        }
        return finding
    }
}

/// Hides what is most likely a password in a line that is shown under a finding, character by character, so that
/// columns stay.
enum SecretMask {
    static func masked(_ line: String) -> String {
        guard line.contains("password") || line.contains("@") else { return line }
        var characters = Array(line)
        maskKey(&characters)
        maskServer(&characters)
        return String(characters)
    }

    /// `password: hunter2`: all behind the colon, unless a mapping follows that says where the password is.
    private static func maskKey(_ characters: inout [Character]) {
        for start in places(of: "password", in: characters) {
            guard let colon = characters[start...].firstIndex(of: ":") else { continue }
            guard let value = characters[(colon + 1)...].firstIndex(where: { !$0.isWhitespace }) else { continue }
            if characters[value] == "{" || characters[value] == "#" { continue }
            for index in value..<characters.count where !characters[index].isWhitespace { characters[index] = "*" }
        }
    }

    /// `smtp://user:hunter2@host`: all between the slashes and the sign.
    private static func maskServer(_ characters: inout [Character]) {
        for start in places(of: "://", in: characters) {
            let rest = characters[(start + 3)...].prefix { !$0.isWhitespace }
            guard let sign = rest.lastIndex(of: "@") else { continue }
            for index in (start + 3)..<sign { characters[index] = "*" }
        }
    }

    private static func places(of text: String, in characters: [Character]) -> [Int] {
        let wanted = Array(text)
        guard characters.count >= wanted.count else { return [] }
        return (0...(characters.count - wanted.count)).filter {
            characters[$0..<$0 + wanted.count].elementsEqual(wanted)
        }
    }
}
