import Diagnostics
import Testing

struct NearestNameTests {
    static let names = ["first_name", "last_name", "company", "industry", "city", "capitalize", "default"]

    @Test(arguments: [
        ("first_nmae", "first_name"), ("frst_name", "first_name"), ("firstname", "first_name"),
        ("companny", "company"), ("Industri", "industry"), ("cty", "city"), ("defualt", "default"),
        ("CITY", "city"), ("capitalise", "capitalize"),
    ])
    func `a typo finds the name that was meant`(typed: String, meant: String) {
        #expect(NearestName.among(Self.names, to: typed) == meant)
    }

    @Test(arguments: ["unrelated", "x", "there", "", "phone"])
    func `a name that is like none is not guessed at`(typed: String) {
        #expect(NearestName.among(Self.names, to: typed) == nil)
    }

    @Test func `of two equally near names the one that begins and ends alike is taken`() {
        #expect(NearestName.among(["name", "game"], to: "nme") == "name")
        #expect(NearestName.among(["cost", "coast"], to: "coat") == "coast")
    }

    @Test func `the hint is a question, or nothing`() {
        #expect(NearestName.hint(among: Self.names, to: "compny") == "did you mean \"company\"?")
        #expect(NearestName.hint(among: Self.names, to: "zzz") == nil)
    }
}
