package import Diagnostics

extension FindingCode {
    /// Every code of this target, for the findings reference.
    package static let workspace: [FindingCode] = workspaceYAML + workspaceKeys + workspaceReferences + workspaceRules
}
