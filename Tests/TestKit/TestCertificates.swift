/// Certificates made for one test run by `openssl`: a CA of our own, a good one for loopback, and bad ones.
package final class TestCertificates: Sendable {
    /// What is wrong with a server's certificate.
    package enum Kind: String, Sendable, CaseIterable {
        case good, expired, selfSigned = "self-signed", wrongHost = "wrong-host", unknownCA = "unknown-ca"
    }

    private let folder: TemporaryFolder

    /// Makes them all.
    package init() throws {
        folder = try TemporaryFolder()
        for authority in ["ca", "other-ca"] {
            try openssl(
                ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30"]
                    + ["-subj", "/CN=Test \(authority)", "-keyout", path(authority, "key"), "-out", path(authority)])
        }
        try make(.good)
        try make(.expired, dates: ["20200101000000Z", "20200201000000Z"])
        try make(.wrongHost, names: "DNS:elsewhere.example")
        try make(.unknownCA, authority: "other-ca")
        try make(.selfSigned, authority: nil)
    }

    /// The CA's file, PEM.
    package var caFile: String { path("ca") }

    /// A server's certificate with its key, PEM.
    package func path(_ kind: Kind) -> String { path(kind.rawValue) }

    /// A server's key, PEM.
    package func keyPath(_ kind: Kind) -> String { path(kind.rawValue, "key") }

    private func path(_ name: String, _ ending: String = "pem") -> String { folder.path("\(name).\(ending)") }

    private func make(
        _ kind: Kind, authority: String? = "ca", names: String = "DNS:localhost,IP:127.0.0.1", dates: [String] = []
    ) throws {
        let name = kind.rawValue
        let signer = authority ?? name
        try openssl(["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path(name, "key")])
        try openssl(["req", "-new", "-key", path(name, "key"), "-subj", "/CN=localhost", "-out", path(name, "csr")])
        try folder.write("\(name).cnf", text: configuration(names))
        let signing =
            authority == nil
            ? ["-selfsign", "-keyfile", path(name, "key")]
            : ["-cert", path(signer), "-keyfile", path(signer, "key")]
        try openssl(
            ["ca", "-batch", "-notext", "-md", "sha256", "-config", path(name, "cnf")] + signing
                + (dates.isEmpty ? ["-days", "30"] : ["-startdate", dates[0], "-enddate", dates[1]])
                + ["-in", path(name, "csr"), "-out", path(name, "crt"), "-outdir", folder.path])
        try folder.write("\(name).pem", folder.read("\(name).crt") + folder.read("\(name).key"))
    }

    private func configuration(_ names: String) -> String {
        """
        [ca]
        default_ca = one
        [one]
        database = \(folder.path)/index.txt
        rand_serial = yes
        unique_subject = no
        policy = any
        x509_extensions = server
        [any]
        commonName = supplied
        [server]
        subjectAltName = \(names)
        extendedKeyUsage = serverAuth

        """
    }

    private func openssl(_ arguments: [String]) throws {
        try folder.write("index.txt", text: "")
        let result = try ChildProcess.run("openssl", arguments)
        if result.status != 0 { throw ChildProcess.Failed(status: result.status, errors: result.errorText) }
    }
}
