extension PlaceZones {
    /// The most populous zone of the countries whose table starts elsewhere.
    static let principal = [
        "AU": "Australia/Sydney", "BR": "America/Sao_Paulo", "CA": "America/Toronto", "RU": "Europe/Moscow",
    ]

    /// What people call countries besides the table's names.
    static let otherNames = [
        "usa": "US", "unitedstatesofamerica": "US", "uk": "GB", "unitedkingdom": "GB", "greatbritain": "GB",
        "britain": "GB",
        "england": "GB", "scotland": "GB", "wales": "GB", "northernireland": "GB", "czechia": "CZ", "southkorea": "KR",
        "republicofkorea": "KR", "northkorea": "KP", "russianfederation": "RU", "türkiye": "TR", "turkiye": "TR",
        "vietnam": "VN", "holland": "NL", "republicofireland": "IE", "ivorycoast": "CI", "cotedivoire": "CI",
        "macedonia": "MK", "congo": "CD", "uae": "AE", "hongkong": "HK", "hongkongsar": "HK", "macau": "MO",
        "deutschland": "DE", "allemagne": "DE", "alemania": "DE", "österreich": "AT", "oesterreich": "AT",
        "belgië": "BE", "belgique": "BE", "belgien": "BE", "frankreich": "FR", "italien": "IT", "spanien": "ES",
        "niederlande": "NL", "polen": "PL", "sverige": "SE", "schweden": "SE", "norge": "NO", "norwegen": "NO",
        "danmark": "DK", "dänemark": "DK", "suomi": "FI", "finnland": "FI", "svizzera": "CH", "tschechien": "CZ",
        "česko": "CZ", "ungarn": "HU", "rumänien": "RO", "românia": "RO", "irland": "IE", "vereinigteskönigreich": "GB",
        "großbritannien": "GB", "vereinigtestaaten": "US", "estadosunidos": "US", "étatsunis": "US",
        "unitedkingdomofgreatbritainandnorthernireland": "GB", "brasilien": "BR", "kanada": "CA", "japan": "JP",
        "koreasouth": "KR", "korea": "KR", "iran": "IR", "syria": "SY", "laos": "LA", "moldova": "MD", "tanzania": "TZ",
        "bolivia": "BO", "venezuela": "VE", "taiwan": "TW", "palestine": "PS", "myanmar": "MM", "burma": "MM",
        "capeverde": "CV", "caboverde": "CV", "swaziland": "SZ", "brunei": "BN", "bosnia": "BA",
        "bosniaandherzegovina": "BA", "trinidadandtobago": "TT", "schweiz": "CH", "suisse": "CH", "españa": "ES",
        "italia": "IT",
        "nederland": "NL", "polska": "PL", "brasil": "BR", "méxico": "MX",
    ]

    /// A state of a federal country with several zones: its code and name in lower case, letters only.
    struct State {
        var country: String
        var code: String
        var name: String
        var zone: String
    }

    /// A state that is split counts for the zone where most of its people live.
    static let states: [State] =
        rows(
            "US",
            [
                "America/New_York":
                    "ct connecticut de delaware dc districtofcolumbia fl florida ga georgia me maine md maryland "
                    + "ma massachusetts nh newhampshire nj newjersey ny newyork nc northcarolina oh ohio "
                    + "pa pennsylvania ri rhodeisland sc southcarolina vt vermont va virginia wv westvirginia",
                "America/Detroit": "mi michigan",
                "America/Indiana/Indianapolis": "in indiana",
                "America/Kentucky/Louisville": "ky kentucky",
                "America/Chicago":
                    "al alabama ar arkansas il illinois ia iowa ks kansas la louisiana mn minnesota ms mississippi "
                    + "mo missouri ne nebraska nd northdakota ok oklahoma sd southdakota tn tennessee tx texas "
                    + "wi wisconsin",
                "America/Denver": "co colorado mt montana nm newmexico ut utah wy wyoming",
                "America/Boise": "id idaho",
                "America/Phoenix": "az arizona",
                "America/Los_Angeles": "ca california nv nevada or oregon wa washington",
                "America/Anchorage": "ak alaska",
                "Pacific/Honolulu": "hi hawaii",
            ])
        + rows(
            "CA",
            [
                "America/St_Johns": "nl newfoundlandandlabrador",
                "America/Halifax": "ns novascotia pe princeedwardisland",
                "America/Moncton": "nb newbrunswick", "America/Toronto": "on ontario qc quebec qc québec",
                "America/Winnipeg": "mb manitoba", "America/Regina": "sk saskatchewan",
                "America/Edmonton": "ab alberta",
                "America/Vancouver": "bc britishcolumbia", "America/Whitehorse": "yt yukon",
                "America/Inuvik": "nt northwestterritories", "America/Iqaluit": "nu nunavut",
            ])
        + rows(
            "AU",
            [
                "Australia/Sydney": "nsw newsouthwales act australiancapitalterritory",
                "Australia/Melbourne": "vic victoria", "Australia/Brisbane": "qld queensland",
                "Australia/Adelaide": "sa southaustralia", "Australia/Perth": "wa westernaustralia",
                "Australia/Hobart": "tas tasmania", "Australia/Darwin": "nt northernterritory",
            ])
        + rows(
            "BR",
            [
                "America/Rio_Branco": "ac acre",
                "America/Maceio": "al alagoas se sergipe",
                "America/Belem": "ap amapá ap amapa pa pará pa para",
                "America/Manaus": "am amazonas",
                "America/Bahia": "ba bahia",
                "America/Fortaleza":
                    "ce ceará ce ceara ma maranhão ma maranhao pb paraíba pb paraiba pi piauí "
                    + "pi piaui rn riograndedonorte",
                "America/Sao_Paulo":
                    "df distritofederal df federaldistrict es espíritosanto es espiritosanto go goiás "
                    + "go goias mg minasgerais pr paraná pr parana rj riodejaneiro rs riograndedosul "
                    + "sc santacatarina sp sãopaulo sp saopaulo",
                "America/Cuiaba": "mt matogrosso",
                "America/Campo_Grande": "ms matogrossodosul",
                "America/Recife": "pe pernambuco",
                "America/Porto_Velho": "ro rondônia ro rondonia",
                "America/Boa_Vista": "rr roraima",
                "America/Araguaina": "to tocantins",
            ])
        + rows(
            "MX",
            [
                "America/Tijuana": "bcn bajacalifornia bcn bc",
                "America/Mazatlan": "bcs bajacaliforniasur nay nayarit sin sinaloa",
                "America/Chihuahua": "chh chihuahua",
                "America/Monterrey": "coa coahuila nle nuevoleón nle nuevoleon nle nl tam tamaulipas",
                "America/Mexico_City":
                    "qro querétaro qro queretaro jal jalisco cmx ciudaddeméxico cmx mexicocity "
                    + "cmx cdmx cmx ciudaddemexico mex estadodeméxico mex stateofmexico",
                "America/Cancun": "roo quintanaroo",
                "America/Hermosillo": "son sonora",
                "America/Merida": "yuc yucatán yuc yucatan",
            ])
        + rows(
            "ES",
            [
                "Atlantic/Canary": "cn canarias cn canaryislands",
                "Europe/Madrid":
                    "md madrid md comunidaddemadrid md communityofmadrid ct catalonia ct cataluña "
                    + "ct catalunya",
            ])
        + rows(
            "PT",
            [
                "Atlantic/Azores": "azores azores açores açores",
                "Atlantic/Madeira": "madeira madeira",
                "Europe/Lisbon": "lisbon lisbon lisboa lisboa",
            ])
        + rows(
            "ID",
            [
                "Asia/Jakarta": "jk jakarta jk dkijakarta",
                "Asia/Makassar": "ba bali sn southsulawesi",
                "Asia/Jayapura": "pa papua",
            ])
        + rows(
            "RU",
            [
                "Europe/Moscow": "mow moscow mow moskva spe saintpetersburg spe stpetersburg",
                "Asia/Yekaterinburg": "sve sverdlovskoblast sve sverdlovsk",
                "Asia/Novosibirsk": "nvs novosibirskoblast nvs novosibirsk",
                "Asia/Krasnoyarsk": "kya krasnoyarskkrai kya krasnoyarsk",
                "Europe/Samara": "sam samaraoblast sam samara",
                "Asia/Vladivostok": "pri primorskykrai",
                "Europe/Kaliningrad": "kgd kaliningradoblast kgd kaliningrad",
            ])

    private static func rows(_ country: String, _ table: [String: String]) -> [State] {
        table.sorted { $0.key < $1.key }.flatMap { zone, text -> [State] in
            let words = text.split(separator: " ").map(String.init)
            return stride(from: 0, to: words.count - 1, by: 2).map {
                State(country: country, code: words[$0], name: words[$0 + 1], zone: zone)
            }
        }
    }
}
