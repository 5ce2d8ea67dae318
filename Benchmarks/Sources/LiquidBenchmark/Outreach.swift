import CivilTime
import Facts

/// The template measured: about 1.3 KB, 12 variables, 2 defaults, 2 capitalize, 2 dates, if/elsif/else,
/// a loop over 3.
enum Outreach {
    static let template = """
        Hi {{ first_name | default: "there" | capitalize }},

        I came across {{ company }} while reading about {{ industry }} teams in {{ city }}, and your work as
        {{ title }} stood out. Congratulations on the news of {{ news_date | date: "%B %-d, %Y" }}: it must have
        been a busy time for everybody at {{ company_short | default: "the company" }}.

        {% if employees > 500 %}With more than five hundred people, most of our customers of your size begin with
        one department and measure what changes there before they go on.
        {% elsif employees > 50 %}With a team of {{ employees }}, most of our customers are up and running within
        two weeks, without a project of their own for it.
        {% else %}With a small team you can be up and running within a day, and nobody needs to be trained for it.
        {% endif %}
        Three things that people like {{ last_name | capitalize }} tell us they wanted to know first:

        {% for point in points %}- {{ point }}
        {% endfor %}
        Would {{ meeting_date | date: "%A, %B %-d" }} suit you for a quarter of an hour? I would show you how
        {{ reference }} went about it, what it cost them, and what they would do differently if they had to begin
        again; you decide afterwards whether it is worth another look. If somebody else at your place takes care
        of this, I would be thankful for a name.

        Kind regards from Berlin
        {{ sender_name }}
        {{ sender_title }}

        P.S. Should this not be the right time, a single word in reply is enough, and you won't hear of us again.
        """

    /// One person as the hand-written text sees it.
    struct Person {
        var firstName: String
        var lastName: String
        var company: String
        var companyShort: String?
        var industry: String
        var city: String
        var title: String
        var newsDate: LocalDate
        var meetingDate: LocalDate
        var employees: Int
        var points: [String]
        var reference: String
        var senderName: String
        var senderTitle: String
    }

    static func people(_ count: Int) -> [Person] {
        (0..<count).map { number in
            Person(
                firstName: ["maya", "jonas", "aiko", "ngozi"][number % 4],
                lastName: ["chen", "weber", "sato"][number % 3],
                company: "Nordlicht \(number) GmbH", companyShort: number % 5 == 0 ? nil : "Nordlicht \(number)",
                industry: ["logistics", "software", "health"][number % 3],
                city: ["Hamburg", "Austin", "Lagos"][number % 3],
                title: "Head of Operations", newsDate: LocalDate(dayNumber: 20_400 + number % 300),
                meetingDate: LocalDate(dayNumber: 20_800 + number % 60), employees: [12, 80, 900][number % 3],
                points: [
                    "how long it takes to begin", "what happens to the data they have", "what it costs after a year",
                ],
                reference: "Fathom \(number % 17)", senderName: "Ana Pop", senderTitle: "Founder, Acme")
        }
    }

    static func record(_ person: Person) -> Record {
        var record = Record()
        record["first_name"] = .text(person.firstName)
        record["last_name"] = .text(person.lastName)
        record["company"] = .text(person.company)
        record["company_short"] = person.companyShort.map { .text($0) } ?? .missing
        record["industry"] = .text(person.industry)
        record["city"] = .text(person.city)
        record["title"] = .text(person.title)
        record["news_date"] = .date(person.newsDate)
        record["meeting_date"] = .date(person.meetingDate)
        record["employees"] = .integer(person.employees)
        record["points"] = .list(person.points.map { .text($0) })
        record["reference"] = .text(person.reference)
        record["sender_name"] = .text(person.senderName)
        record["sender_title"] = .text(person.senderTitle)
        return record
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// The same text by hand.
    static func concatenated(_ person: Person) -> String {
        var text = "Hi "
        text += person.firstName.isEmpty ? "there".capitalizedFirst : person.firstName.capitalizedFirst
        text += ",\n\nI came across "
        text += person.company
        text += " while reading about "
        text += person.industry
        text += " teams in "
        text += person.city
        text += ", and your work as\n"
        text += person.title
        text += " stood out. Congratulations on the news of "
        let news = person.newsDate.components
        text += months[news.month - 1] + " " + String(news.day) + ", " + String(news.year)
        text += ": it must have\nbeen a busy time for everybody at "
        text += person.companyShort ?? "the company"
        text += ".\n\n"
        if person.employees > 500 {
            text += """
                With more than five hundred people, most of our customers of your size begin with
                one department and measure what changes there before they go on.

                """
        } else if person.employees > 50 {
            text += "With a team of "
            text += String(person.employees)
            text +=
                ", most of our customers are up and running within\ntwo weeks, without a project of their own for it.\n"
        } else {
            text += "With a small team you can be up and running within a day, and nobody needs to be trained for it.\n"
        }
        text += "\nThree things that people like "
        text += person.lastName.capitalizedFirst
        text += " tell us they wanted to know first:\n\n"
        for point in person.points {
            text += "- "
            text += point
            text += "\n"
        }
        text += "\nWould "
        let meeting = person.meetingDate.components
        text +=
            weekdays[person.meetingDate.weekday.rawValue] + ", " + months[meeting.month - 1] + " " + String(meeting.day)
        text += " suit you for a quarter of an hour? I would show you how\n"
        text += person.reference
        text += """
             went about it, what it cost them, and what they would do differently if they had to begin
            again; you decide afterwards whether it is worth another look. If somebody else at your place takes care
            of this, I would be thankful for a name.

            Kind regards from Berlin

            """
        text += person.senderName
        text += "\n"
        text += person.senderTitle
        text += """


            P.S. Should this not be the right time, a single word in reply is enough, and you won't hear of us again.
            """
        return text
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
