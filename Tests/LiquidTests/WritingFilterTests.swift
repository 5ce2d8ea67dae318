import Facts
import Liquid
import Testing

/// Stoke's own filters on what lists really hold.
struct WritingFilterTests {
    private func through(_ filter: String, _ text: String) -> String {
        rendered("{{ x | \(filter) }}", ["x": .text(text)])
    }

    @Test(arguments: [
        ("VAN DER MEER", "Van der Meer"), ("ANNA VAN DER MEER", "Anna van der Meer"), ("o'neill", "O'Neill"),
        ("O\u{2019}NEILL", "O\u{2019}Neill"), ("McDONALD", "McDonald"), ("RONALD McDONALD", "Ronald McDonald"),
        ("MacARTHUR", "Macarthur"), ("mcdonald", "McDonald"), ("MacArthur", "MacArthur"), ("jean-luc", "Jean-Luc"),
        ("JEAN-LUC PICARD", "Jean-Luc Picard"), ("DELL'ACQUA", "Dell'Acqua"), ("d'angelo", "D'Angelo"),
        ("MÜLLER-LÜDENSCHEIDT", "Müller-Lüdenscheidt"), ("JOSÉ DE LA CRUZ", "José de la Cruz"),
        ("maría y josé", "María y José"),
        ("j.r.r. tolkien", "J.R.R. Tolkien"), ("JOHN SMITH JR.", "John Smith Jr."),
        ("henry ford iii", "Henry Ford III"),
        ("山田太郎", "山田太郎"), ("ŁUKASZ ŻÓŁĆ", "Łukasz Żółć"), ("ИВАН ПЕТРОВ", "Иван Петров"), ("Mary-ann", "Mary-ann"),
        ("LeBron", "LeBron"), ("x", "X"), ("", ""), (" maya ", " Maya "), ("DR. ANNA SCHMIDT", "Dr. Anna Schmidt"),
        ("bell hooks", "Bell Hooks"), ("ABDUL AL-FARABI", "Abdul Al-Farabi"), ("👩‍🚀 KIM", "👩‍🚀 Kim"),
    ])
    func `names are written as people write them`(name: String, written: String) {
        #expect(through("name_case", name) == written)
        #expect(through("name_case | name_case", name) == written)
    }

    @Test(arguments: [
        ("Müller GmbH & Co. KG", "Müller"), ("Müller GmbH", "Müller"), ("株式会社サンプル", "サンプル"), ("サンプル株式会社", "サンプル"),
        ("株式会社", "株式会社"), ("上海示例有限公司", "上海示例"), ("주식회사 예제", "예제"), ("Acme, Inc.", "Acme"), ("ACME INC", "ACME"),
        ("Acme Co., Ltd.", "Acme"), ("Grupo Sol S.A. de C.V.", "Grupo Sol"), ("Luna S. de R.L. de C.V.", "Luna"),
        ("Widget Sp. z o.o.", "Widget"), ("Nordisk A/S", "Nordisk"), ("Volt AB (publ)", "Volt"),
        ("Ferro S.p.A.", "Ferro"),
        ("Ferro SpA", "Ferro"), ("Day Spa", "Day Spa"), ("Beta d.o.o.", "Beta"), ("Gamma S. A.", "Gamma"),
        ("Acme (UK) Limited", "Acme (UK)"), ("Delta Pty Ltd", "Delta"), ("Epsilon Sdn. Bhd.", "Epsilon"),
        ("Verein Nord e.V.", "Verein Nord"), ("Siemens Aktiengesellschaft", "Siemens"), ("Tiffany & Co.", "Tiffany"),
        ("Nothing", "Nothing"), ("Limited", "Limited"), ("GmbH", "GmbH"), ("", ""), ("Ben & Jerry's", "Ben & Jerry's"),
        ("Sàrl Lumière", "Sàrl Lumière"), ("Lumière SARL", "Lumière"), ("The Company", "The"),
        ("Foo UG (haftungsbeschränkt)", "Foo"),
    ])
    func `a company loses its legal form, never its name`(company: String, name: String) {
        #expect(through("strip_company_suffix", company) == name)
    }

    @Test(arguments: [
        ("Ana Größe <ana@Mail.Acme.example>", "mail.acme.example"),
        ("https://user:pass@acme.example:8080/a?b#c", "acme.example"),
        ("//acme.example/x", "acme.example"), ("ACME.example.", "acme.example"),
        ("mailto:ana@acme.example", "acme.example"),
        ("https://www.münchen.example/über", "münchen.example"), ("www.acme.example", "acme.example"), ("acme", "acme"),
        ("", ""),
    ])
    func `a domain is found in addresses of any kind`(text: String, domain: String) {
        #expect(through("domain", text) == domain)
    }

    @Test(arguments: [
        ("Maya\u{A0}Chen", "Maya"), ("山田　太郎", "山田"), ("  Maya\tChen", "Maya"), ("\n", ""),
        ("Jean-Luc Picard", "Jean-Luc"),
        ("👩‍👩‍👧 fam", "👩‍👩‍👧"),
    ])
    func `the first word ends at any white space`(text: String, word: String) {
        #expect(through("first_word", text) == word)
    }

    @Test(arguments: [
        ("2 | pluralize: 'company'", "companies"), ("2 | pluralize: 'day'", "days"), ("2 | pluralize: 'box'", "boxes"),
        ("2 | pluralize: 'branch'", "branches"), ("1.0 | pluralize: 'seat'", "seat"),
        ("'1' | pluralize: 'seat'", "seat"),
        ("0 | pluralize: 'seat'", "seats"), ("nil | pluralize: 'seat'", "seats"), ("1.5 | pluralize: 'Hour'", "Hours"),
        ("5 | pluralize: ''", ""), ("'O\u{2019}Neill' | possessive", "O\u{2019}Neill's"),
        ("'BOSS' | possessive", "BOSS'"),
        ("' ' | possessive", ""), ("-1 | ordinal", "-1st"), ("111 | ordinal", "111th"), ("'22' | ordinal", "22nd"),
        ("'x' | ordinal", "x"), ("'1234567' | number_with_delimiter", "1,234,567"),
        ("'1,234' | number_with_delimiter", "1,234"),
        ("-1234567.89 | number_with_delimiter: ' '", "-1 234 567.89"), ("'n/a' | number_with_delimiter", "n/a"),
        ("100 | number_with_delimiter", "100"), ("'a; b ,,c' | sentence_list", "a, b and c"),
        ("',' | sentence_list", ""),
        ("'a' | split: ',' | sentence_list: 'oder'", "a"), ("'Köln,Bonn' | sentence_list: 'und'", "Köln und Bonn"),
    ])
    func `numbers, plurals and lists read well`(expression: String, text: String) {
        #expect(rendered("{{ \(expression) }}") == text)
    }

    @Test func `no filter changes what it is given nothing of`() {
        for filter in [
            "first_word", "name_case", "possessive", "strip_company_suffix", "domain", "ordinal", "sentence_list",
        ] {
            #expect(rendered("[{{ nothing | \(filter) }}]") == "[]", "\(filter)")
        }
    }
}
