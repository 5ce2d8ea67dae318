/// What a column can say about a person that Stoke has a word for; the raw value is the fact's path.
package enum ProspectField: String, Sendable, Hashable, CaseIterable {
    case email, linkedin, phone
    case firstName = "first_name"
    case lastName = "last_name"
    case name, title, seniority, department, city, state, country, location, timezone, language, source, basis
    /// How an import came by the zone, as an export of ours says.
    case timezoneSource = "timezone_source"
    case companyName = "company.name"
    case companyDomain = "company.domain"
    case companyWebsite = "company.website"
    case companyLinkedIn = "company.linkedin"
    case companyIndustry = "company.industry"
    case companyEmployees = "company.employees"
    case companyRevenue = "company.revenue"
    case companyFounded = "company.founded"
    case companyPhone = "company.phone"
    case companyCity = "company.city"
    case companyState = "company.state"
    case companyCountry = "company.country"
    case companyLocation = "company.location"
    case companyTimezone = "company.timezone"
    case companyTechnologies = "company.technologies"

    /// The fact's name within the person or the company.
    var fact: String { rawValue.split(separator: ".").last.map(String.init) ?? rawValue }
    /// Whether it is the company's.
    var isCompany: Bool { rawValue.hasPrefix("company.") }
    /// Whether a person is known by it.
    var isIdentity: Bool { self == .email || self == .linkedin || self == .phone }
    /// Whether it says who a person is, so that a list with it is one of people.
    var isPersonal: Bool { self == .firstName || self == .lastName || self == .name || self == .title }

    /// The headers by which exports call it, without case, spaces and signs, the best first where a file has several.
    ///
    /// Apollo, HubSpot, Sales Navigator (as its exporters write it), Google Contacts, LinkedIn Connections, Instantly
    /// and lemlist, and what people write by hand in English and German.
    var headers: [String] {
        switch self {
        case .email:
            [
                "email", "emailaddress", "workemail", "businessemail", "professionalemail", "corporateemail",
                "primaryemail", "email1value", "emailid", "mail", "emailadresse", "mailadresse", "personalemail",
                "secondaryemail", "email2value", "tertiaryemail",
            ]
        case .linkedin:
            [
                "linkedin", "linkedinurl", "personlinkedinurl", "linkedinprofileurl", "linkedinprofile", "linkedinlink",
                "defaultprofileurl", "linkedinpublicurl", "publicprofileurl", "prospectlinkedinurl",
                "contactlinkedinurl", "contactliprofileurl", "hslinkedinurl", "linkedinmemberurl", "profileurl",
                "profilelink", "linkedinsalesnavigatorurl", "salesnavigatorurl",
            ]
        case .phone:
            [
                "phone", "phonenumber", "workdirectphone", "directphone", "directdial", "mobilephone",
                "mobilephonenumber", "mobile", "cellphone", "workphone", "businessphone", "phone1value", "telephone",
                "telefon", "telefonnummer", "tel", "mobil", "otherphone", "homephone", "phone2value",
            ]
        case .firstName: ["firstname", "givenname", "first", "forename", "fname", "vorname", "prenom"]
        case .lastName: ["lastname", "familyname", "surname", "last", "lname", "nachname", "nomdefamille"]
        case .name: ["name", "fullname", "contactname", "displayname", "personname", "leadname"]
        case .title:
            [
                "title", "jobtitle", "position", "role", "currentjob", "currenttitle", "organizationtitle",
                "organization1title", "designation", "jobposition",
            ]
        case .seniority: ["seniority", "senioritylevel", "managementlevel"]
        case .department: ["department", "departments", "organizationdepartment", "organization1department"]
        case .city: ["city", "personcity", "contactcity", "address1city", "stadt"]
        case .state:
            [
                "state", "stateregion", "personstate", "contactstate", "province", "stateprovince", "address1region",
                "bundesland",
            ]
        case .country:
            ["country", "countryregion", "personcountry", "contactcountry", "countrycode", "address1country", "land"]
        case .location: ["location", "personlocation", "contactlocation"]
        case .timezone: ["timezone", "hstimezone", "zeitzone"]
        case .timezoneSource: ["timezonesource"]
        case .language: ["language", "preferredlanguage", "hslanguage", "sprache"]
        case .source: ["source", "leadsource"]
        case .basis: ["basis", "legalbasis"]
        default: companyHeaders
        }
    }

    private var companyHeaders: [String] {
        switch self {
        case .companyName:
            [
                "companyname", "company", "organizationname", "organization", "organization1name", "accountname",
                "account", "employer", "currentcompany", "associatedcompany", "firma", "unternehmen",
            ]
        case .companyDomain: ["companydomain", "domain", "companydomainname", "companywebsitedomain"]
        case .companyWebsite:
            ["companywebsite", "website", "websiteurl", "companyurl", "companywebsiteurl", "website1value", "homepage"]
        case .companyLinkedIn:
            [
                "companylinkedin", "companylinkedinurl", "regularcompanyurl", "linkedincompanypage",
                "linkedincompanyurl",
                "companyliprofileurl",
            ]
        case .companyIndustry: ["companyindustry", "industry", "branche"]
        case .companyEmployees:
            [
                "companyemployees", "employees", "numberofemployees", "companysize", "employeecount",
                "companyemployeecount", "companyheadcount", "headcount", "numemployees", "companyemployeerange",
            ]
        case .companyRevenue: ["companyrevenue", "annualrevenue", "revenue", "companyannualrevenue"]
        case .companyFounded: ["companyfounded", "foundedyear", "yearfounded", "companyfoundedyear", "founded"]
        case .companyPhone: ["companyphone", "corporatephone", "companyphonenumber", "hqphone"]
        case .companyCity: ["companycity", "hqcity"]
        case .companyState: ["companystate", "companystateregion", "hqstate"]
        case .companyCountry: ["companycountry", "companycountryregion", "hqcountry"]
        case .companyLocation: ["companylocation", "companyheadquarters", "headquarters"]
        case .companyTimezone: ["companytimezone"]
        case .companyTechnologies: ["companytechnologies", "technologies", "webtechnologies"]
        default: []
        }
    }

    /// The field of a header and how good the header is for it, 0 the best; `nil` where nobody calls a field so.
    static func find(_ header: String) -> (field: ProspectField, rank: Int)? { byHeader[squeezed(header)] }

    private static let byHeader: [String: (field: ProspectField, rank: Int)] = Dictionary(
        allCases.flatMap { field in field.headers.enumerated().map { ($1, (field, $0)) } }
    ) { first, _ in first }

    /// Lower-case letters and digits only: `First Name`, `firstName` and `FIRST_NAME` are one.
    static func squeezed(_ header: String) -> String {
        String(header.lowercased().filter { $0.isLetter || $0.isNumber })
    }
}
