/// Says that a text is no rule group. Cortex does not say why.
struct SandboxRuleFault: Error {}
