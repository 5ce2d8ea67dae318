import Facts
import Intake
import Ledger
import Outreach
import Testing

/// The headers of other tools' exports, with a row each.
@Suite struct ToolTests {
    struct Export: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var text: String
        var key: String
        var facts: [String: String]
    }

    static let exports: [Export] = [
        Export(
            testDescription: "Apollo",
            text: """
                First Name,Last Name,Title,Company Name,Company Name for Emails,Email,Email Status,Seniority,Departments,\
                Work Direct Phone,Home Phone,Mobile Phone,Corporate Phone,Other Phone,Stage,Lists,# Employees,Industry,\
                Keywords,Person Linkedin Url,Website,Company Linkedin Url,City,State,Country,Company City,Company State,\
                Company Country,Company Phone,Technologies,Annual Revenue,Replied,Secondary Email
                Maya,Chen,COO,Fathom Desk Inc.,Fathom Desk,maya@fathomdesk.com,Verified,C suite,Operations,,,\
                '+1 512-555-0108,'+1 512-555-0100,,Cold,Q1,120,computer software,saas,\
                http://www.linkedin.com/in/maya-chen,http://www.fathomdesk.com,http://www.linkedin.com/company/fathom,\
                Austin,Texas,United States,Austin,Texas,United States,'+1 512-555-0100,"Zendesk, HubSpot",12000000,false,
                """, key: "maya@fathomdesk.com",
            facts: [
                "first_name": "Maya", "title": "COO", "phone": "+15125550108", "seniority": "C suite",
                "linkedin": "https://www.linkedin.com/in/maya-chen", "timezone": "America/Chicago", "country": "US",
                "company.name": "Fathom Desk Inc.", "company.domain": "fathomdesk.com", "company.employees": "120",
                "company.phone": "+15125550100", "company.revenue": "12000000",
                "company.technologies": "Zendesk, HubSpot", "email_status": "Verified", "imported_stage": "Cold",
                "company_name_for_emails": "Fathom Desk",
            ]),
        Export(
            testDescription: "HubSpot",
            text: """
                Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Job Title,Company Name,\
                City,State/Region,Country/Region,Time Zone,Website URL,Number of Employees,Lifecycle Stage
                151,Jonas,Weber,jonas@nordlicht.de,+49 40 5550101,Ana,NEW,CTO,Nordlicht,Hamburg,,Germany,\
                europe_slash_berlin,nordlicht.de,51-200,lead
                """, key: "jonas@nordlicht.de",
            facts: [
                "title": "CTO", "country": "DE", "timezone": "Europe/Berlin", "timezone_source": "column",
                "company.domain": "nordlicht.de", "company.employees": "126", "company.employees_range": "51-200",
                "lifecycle_stage": "lead", "record_id": "151", "phone": "+49405550101",
            ]),
        Export(
            testDescription: "Sales Navigator",
            text: """
                profileUrl,fullName,firstName,lastName,companyName,title,companyId,companyUrl,regularCompanyUrl,summary,\
                industry,companyLocation,location,connectionDegree,vmid,linkedInProfileUrl,isPremium,defaultProfileUrl
                "https://www.linkedin.com/sales/lead/ACwAAB1,NAME_SEARCH,x1",Ola Nordmann,Ola,Nordmann,Fjord AS,CEO,1,\
                https://www.linkedin.com/sales/company/1,https://www.linkedin.com/company/fjord,bio,Software,\
                "Oslo, Norway","Bergen, Norway",2nd,ACwAAB1,https://www.linkedin.com/in/ola-nordmann/,true,
                """, key: "https://www.linkedin.com/in/ola-nordmann",
            facts: [
                "first_name": "Ola", "city": "Bergen", "country": "NO", "timezone": "Europe/Oslo",
                "company.name": "Fjord AS", "company.linkedin": "https://www.linkedin.com/company/fjord",
                "company.city": "Oslo", "connection_degree": "2nd", "company.industry": "Software",
            ]),
        Export(
            testDescription: "Google Contacts",
            text: """
                First Name,Middle Name,Last Name,Phonetic First Name,Name Prefix,Nickname,Organization Name,\
                Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,\
                E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - City,Address 1 - Region,\
                Address 1 - Country,Website 1 - Label,Website 1 - Value
                Eilidh,,MacGregor,,,,Thistle Systems,CTO,R&D,,,,* myContacts,Work,eilidh@thistle.co.uk ::: e@x.example,,,\
                Mobile,+44 131 496 0119,Edinburgh,Scotland,United Kingdom,,thistle.co.uk
                """, key: "eilidh@thistle.co.uk",
            facts: [
                "first_name": "Eilidh", "title": "CTO", "department": "R&D", "phone": "+441314960119",
                "city": "Edinburgh", "country": "GB", "timezone": "Europe/London", "company.name": "Thistle Systems",
                "company.domain": "thistle.co.uk", "labels": "* myContacts",
            ]),
        Export(
            testDescription: "LinkedIn Connections",
            text: """
                Notes:
                "When exporting your connection data, you may notice that some of the email addresses are missing."

                First Name,Last Name,URL,Email Address,Company,Position,Connected On
                Ana,Ruiz,https://www.linkedin.com/in/ana-ruiz-1a2b3c,,Polder Pay,"Head of Sales, EMEA",07 Dec 2025
                """, key: "https://www.linkedin.com/in/ana-ruiz-1a2b3c",
            facts: [
                "first_name": "Ana", "title": "Head of Sales, EMEA", "company.name": "Polder Pay",
                "connected_on": "07 Dec 2025",
            ]),
        Export(
            testDescription: "Instantly",
            text: """
                email,first_name,last_name,company_name,personalization,phone,website,location,lead_status,company_domain
                ben@polderpay.nl,Ben,Okafor,Polder Pay,I saw your talk,,https://polderpay.nl,"Utrecht, Netherlands",\
                Contacted,polderpay.nl
                """, key: "ben@polderpay.nl",
            facts: [
                "first_name": "Ben", "personalization": "I saw your talk", "city": "Utrecht", "country": "NL",
                "timezone": "Europe/Amsterdam", "company.domain": "polderpay.nl", "lead_status": "Contacted",
            ]),
        Export(
            testDescription: "lemlist",
            text: """
                email,firstName,lastName,companyName,companyDomain,jobTitle,phone,linkedinUrl,timezone,icebreaker,picture,\
                lastState,emailStatus
                zoe@kangaroo.com.au,Zoë,Papadopoulos,Kangaroo,kangaroo.com.au,COO,,\
                https://au.linkedin.com/in/zoe-p?x=1,Australia/Sydney,Loved your post,,emailsSent,deliverable
                """, key: "zoe@kangaroo.com.au",
            facts: [
                "first_name": "Zoë", "title": "COO", "linkedin": "https://www.linkedin.com/in/zoe-p",
                "timezone": "Australia/Sydney", "icebreaker": "Loved your post", "last_state": "emailsSent",
                "company.name": "Kangaroo",
            ]),
    ]

    @Test(arguments: exports) func `an export's columns are recognised`(_ export: Export) throws {
        let store = MemoryStore()
        let result = try Lists.importing(export.text, into: store)
        #expect(result.header.isEmpty)
        #expect(result.rejected.isEmpty)
        #expect(result.report.added == 1)
        let people = try store.people(matching: export.key, limit: 2)
        let texts = Lists.texts(try #require(people.first))
        for (name, value) in export.facts { #expect(texts[name] == value, "\(name)") }
    }
}
