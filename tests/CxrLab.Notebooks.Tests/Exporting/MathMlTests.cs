using System.Xml.Linq;
using CxrLab.Notebooks.Exporting.Formulas;

namespace CxrLab.Notebooks.Tests.Exporting;

public sealed class MathMlTests
{
    [Theory]
    [InlineData("x", "<mi>x</mi>")]
    [InlineData("0.5x", "<mn>0.5</mn><mi>x</mi>")]
    [InlineData("a_i^2", "<msubsup><mi>a</mi><mrow><mi>i</mi></mrow><mrow><mrow><mn>2</mn></mrow></mrow></msubsup>")]
    [InlineData("f'", "<msup><mi>f</mi><mrow><mo>′</mo></mrow></msup>")]
    [InlineData("\\frac12", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>")]
    [InlineData("x^10", "<msup><mi>x</mi><mrow><mrow><mn>1</mn></mrow></mrow></msup><mn>0</mn>")]
    [InlineData("\\hat{y}", "<mover accent=\"true\"><mrow><mrow><mi>y</mi></mrow></mrow><mo stretchy=\"false\">^</mo></mover>")]
    [InlineData("\\mathbb{R}", "<mrow><mrow><mi mathvariant=\"normal\">ℝ</mi></mrow></mrow>")]
    [InlineData("\\text{if } a", "<mtext>if\u00A0</mtext><mi>a</mi>")]
    [InlineData("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>")]
    [InlineData("\\log p", "<mi mathvariant=\"normal\">log</mi><mspace width=\"0.1667em\"></mspace><mi>p</mi>")]
    [InlineData("\\log(p)", "<mi mathvariant=\"normal\">log</mi><mo stretchy=\"false\">(</mo><mi>p</mi><mo stretchy=\"false\">)</mo>")]
    [InlineData("-\\alpha", "<mo>−</mo><mi>α</mi>")]
    public void Of_SmallFormula_IsThisMathMl(string latex, string expected)
    {
        string math = MathMl.Of(latex, display: false);
        Assert.StartsWith($"<math><semantics><mrow>{expected}</mrow><annotation", math, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Sum_HasLimitsAboveAndBelowOnlyInADisplay()
    {
        Assert.Contains("<munderover><mo>∑</mo>", MathMl.Of("\\sum_{i=1}^n x_i", display: true), StringComparison.Ordinal);
        Assert.Contains("<msubsup><mo>∑</mo>", MathMl.Of("\\sum_{i=1}^n x_i", display: false), StringComparison.Ordinal);
    }

    /// <summary>The formulas of the lecture's systems, as one would write them in a notebook.</summary>
    [Theory]
    [InlineData("\\sigma(z) = \\frac{1}{1 + e^{-z}}")]
    [InlineData("\\mathcal{L} = -\\frac{1}{N}\\sum_{n=1}^{N}\\left[ y_n \\log \\hat{p}_n + (1 - y_n)\\log(1 - \\hat{p}_n) \\right]")]
    [InlineData("M_c(i,j) = \\sum_k w_k^c f_k(i,j), \\qquad z = b + \\overline{M_c}")]
    [InlineData("\\alpha_k^c = \\frac{1}{Z}\\sum_{i}\\sum_{j}\\frac{\\partial y^c}{\\partial A_{ij}^k}")]
    [InlineData("L^c = \\operatorname{ReLU}\\Bigl( \\sum_k \\alpha_k A^k \\Bigr)")]
    [InlineData("\\mathrm{IoU} = \\frac{|A \\cap B|}{|A \\cup B|} \\in [0, 1]")]
    [InlineData("\\text{Dice} = \\frac{2\\sum a b + \\varepsilon}{\\sum a^2 + \\sum b^2 + \\varepsilon}")]
    [InlineData("\\theta^* = \\operatorname*{arg\\,max}_{\\theta \\in \\Theta} p(x \\mid \\theta)")]
    [InlineData("f(x) = \\begin{cases} 1 & \\text{if } x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}")]
    [InlineData("\\begin{aligned} a &= b + c \\\\ &= d \\\\ \\end{aligned}")]
    [InlineData("\\mathbf{A} = \\begin{pmatrix} \\cos\\theta & -\\sin\\theta \\\\ \\sin\\theta & \\cos\\theta \\end{pmatrix}")]
    [InlineData("\\sqrt[3]{x^2 + y^2} \\le \\lVert x \\rVert_2 \\cdot \\infty")]
    [InlineData("\\underbrace{E[(p - y)^2]}_{\\text{Brier}} \\approx \\int_0^1 \\tilde{f}\\,dx")]
    [InlineData("\\left\\{ x \\middle| x \\ge \\tfrac{1}{2} \\right.")]
    [InlineData("p^{\\prime}, p', x_{i_j}, {}^{2}H, \\binom{n}{k}, 95\\,\\%, \\vec{v}")]
    public void Of_FormulaOfTheLecture_IsWellFormed(string latex)
    {
        foreach (bool display in new[] { false, true })
        {
            XElement math = XElement.Parse(MathMl.Of(latex, display));
            Assert.Equal(latex, math.Descendants("annotation").Single().Value);
            Assert.All(math.Descendants(), ArityIsRight);
        }
    }

    [Theory]
    [InlineData("a \\foo b", "\\foo")]
    [InlineData("\\begin{tikzpicture}x\\end{tikzpicture}", "tikzpicture")]
    [InlineData("\\frac{a}", "\\frac")]
    [InlineData("{a", "'}' is missing")]
    [InlineData("a}", "'}' comes without its beginning")]
    [InlineData("\\left( a", "'\\right' is missing")]
    [InlineData("a_b_c", "two lower indices")]
    [InlineData("x^", "'^' needs something")]
    [InlineData("\\begin{matrix}a\\end{pmatrix}", "closed by")]
    [InlineData("a \\", "backslash")]
    public void Of_WhatItCantShow_IsNamed(string latex, string named) =>
        Assert.Contains(named, Assert.Throws<FormulaException>(() => MathMl.Of(latex, display: false)).Message, StringComparison.Ordinal);

    [Fact]
    public void Of_AnyTokens_GivesWellFormedMarkupOrAnErrorInWords()
    {
        string[] tokens = ["\\frac", "{", "}", "a", "1", "_", "^", "\\left", "\\right", "(", ")", "\\sqrt", "[", "]", "&", "\\\\", "\\begin{cases}", "\\end{cases}",
            "\\text{a<b}", "\\sum", "'", "\\mathbf", "\\", "🫁", "<", "\\hat", "\\limits", "\\mathrm", " "];
        var random = new Random(1);
        int shown = 0;
        for (int i = 0; i < 5000; i++)
        {
            string latex = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => tokens[random.Next(tokens.Length)]));
            try
            {
                Assert.All(XElement.Parse(MathMl.Of(latex, display: true)).Descendants(), ArityIsRight);
                shown++;
            }
            catch (FormulaException)
            {
                // in words, as it should be
            }
        }
        Assert.InRange(shown, 500, 4500);
    }

    /// <summary>An element with a child too few or too many is drawn as an error by browsers.</summary>
    private static void ArityIsRight(XElement element)
    {
        int? children = element.Name.LocalName switch
        {
            "mfrac" or "mroot" or "msub" or "msup" or "munder" or "mover" or "semantics" => 2,
            "msubsup" or "munderover" => 3,
            _ => null,
        };
        if (children is int expected) Assert.Equal(expected, element.Elements().Count());
    }
}
