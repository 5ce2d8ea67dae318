/// Where text from data leaves: one escaping for each, used once, at the edge.
///
/// The terminal's is `Diagnostics.DisplayText`; a CSV cell's is `CSVWriter`'s, a JSON string's the JSON writer's.
package enum Sink {}
