/// A meeting that a message calls, accepts or declines.
package struct Meeting: Sendable, Hashable {
    /// `REQUEST`, `REPLY`, `COUNTER`, `CANCEL`, ...
    package var method: String
    /// The event's name.
    package var uid: String
    /// The answer of the sender: `ACCEPTED`, `DECLINED`, `TENTATIVE`, or empty.
    package var participation: String
    /// Whether it means that a meeting is on: an invitation, or an accepted one.
    package var isOn: Bool
}
