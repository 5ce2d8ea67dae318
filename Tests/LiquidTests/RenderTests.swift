import CivilTime
import Diagnostics
import Facts
import Liquid
import Testing

struct RenderTests {
    @Test func `a template renders with its data`() throws {
        let reading = Template.parse(SourceText(file: "t", text: "Hi {{ first_name | capitalize }}!"))
        let template = try #require(reading.template)
        let outcome = try template.render(
            [["first_name": .text("maya")]], RenderOptions(clock: TemplateClock(now: Instant(0))))
        #expect(outcome == .text("Hi Maya!"))
    }
}
