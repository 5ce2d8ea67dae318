import Diagnostics

extension [Finding] {
    /// By file and position; those of no file first, equal ones once.
    func inReadingOrder() -> [Finding] {
        func key(_ entry: (offset: Int, element: Finding)) -> (String, Int, Int, Int) {
            let place = entry.element.place
            return (place?.file ?? "", place?.line ?? 0, place?.column ?? 0, entry.offset)
        }
        var seen: Set<Finding> = []
        return enumerated().sorted { key($0) < key($1) }.map(\.element)
            .filter { seen.insert($0).inserted }
    }
}
