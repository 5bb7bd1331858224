using System.Collections.Frozen;

namespace CxrLab.Notebooks.Exporting.Formulas;

/// <summary>LaTeX commands that stand for one character or word. A new symbol is one more word in one of these lists.</summary>
internal static class Symbols
{
    /// <summary>Letters: shown in italics, as variables are.</summary>
    public static readonly FrozenDictionary<string, string> Letters = Table(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π " +
        "rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ imath ı jmath ȷ");

    /// <summary>Upright letters and signs that are no operators.</summary>
    public static readonly FrozenDictionary<string, string> Upright = Table(
        "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ " +
        "forall ∀ exists ∃ top ⊤ bot ⊥ ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ prime ′ degree ° % % # # $ $ & & _ _");

    /// <summary>Operators, relations, arrows and delimiters.</summary>
    public static readonly FrozenDictionary<string, string> Operators = Table(
        "cdot · times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • odot ⊙ oplus ⊕ ominus ⊖ otimes ⊗ cup ∪ cap ∩ setminus ∖ wedge ∧ vee ∨ land ∧ lor ∨ neg ¬ lnot ¬ " +
        "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ " +
        "to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦ uparrow ↑ downarrow ↓ longrightarrow ⟶ " +
        "mid ∣ parallel ∥ perp ⟂ colon : lbrace { rbrace } { { } } | ‖ Vert ‖ vert | lVert ‖ rVert ‖ lvert | rvert | langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrack [ rbrack ] backslash ∖ triangleq ≜ coloneqq ≔");

    /// <summary>Large operators, whose limits stand above and below in a displayed formula.</summary>
    public static readonly FrozenDictionary<string, string> Large = Table(
        "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ int ∫ iint ∬ oint ∮");

    /// <summary>Functions with upright names; true where limits stand below, as in max.</summary>
    public static readonly FrozenDictionary<string, bool> Functions =
        "log ln exp sin cos tan sinh cosh tanh det dim ker deg arg".Split(' ').Select(name => (name, limits: false))
            .Concat("max min sup inf lim Pr".Split(' ').Select(name => (name, limits: true))).ToFrozenDictionary(item => item.name, item => item.limits);

    /// <summary>Signs that stand over what follows.</summary>
    public static readonly FrozenDictionary<string, string> Accents = Table("hat ^ bar ¯ tilde ~ vec → dot ˙ ddot ¨ check ˇ");

    /// <summary>Signs that stand over what follows and grow with it.</summary>
    public static readonly FrozenDictionary<string, string> WideAccents = Table("widehat ^ overline ¯ widetilde ~ overrightarrow →");

    /// <summary>Widths of blank space; the space itself, <c>\ </c>, is as wide as <c>~</c>.</summary>
    public static readonly FrozenDictionary<string, string> Spaces =
        Table(", 0.1667em : 0.2222em > 0.2222em ; 0.2778em ! -0.1667em quad 1em qquad 2em ~ 0.25em");

    /// <summary>Alphabets; see <see cref="Alphabet"/>.</summary>
    public static readonly FrozenDictionary<string, string> Alphabets = Table(
        "mathrm normal mathbf bold boldsymbol bold bm bold mathit italic mathbb double-struck mathcal script mathscr script mathsf sans-serif mathtt monospace");

    private static FrozenDictionary<string, string> Table(string words)
    {
        string[] parts = words.Split(' ');
        return Enumerable.Range(0, parts.Length / 2).ToFrozenDictionary(i => parts[2 * i], i => parts[2 * i + 1]);
    }
}
