using CxrLab.Data;

namespace CxrLab.Phantom;

/// <summary>The findings that the phantom can plant.</summary>
public static class Findings
{
    private static readonly LabelSet Order = new([.. LabelSet.Nih14, Tuberculosis, Covid]);

    // One line per finding; its own file holds the rest.
    private static readonly IPlantedFinding[] Known =
    [
        new AtelectasisFinding(),
        new CardiomegalyFinding(),
        new EffusionFinding(),
        new InfiltrationFinding(),
        new MassFinding(),
        new NoduleFinding(),
        new PneumothoraxFinding(),
        new ConsolidationFinding(),
        new EdemaFinding(),
        new PneumoniaFinding(),
        new EmphysemaFinding(),
        new FibrosisFinding(),
        new PleuralThickeningFinding(),
        new HerniaFinding(),
        new TuberculosisFinding(),
        new CovidFinding(),
    ];

    /// <summary>Names, in the order of <see cref="LabelSet.Nih14"/>, then tuberculosis and COVID-19.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Ordered.Select(f => f.Name)];

    /// <summary>Share of images with each finding when PhantomOptions.Prevalence doesn't say otherwise.</summary>
    public static IReadOnlyDictionary<string, double> DefaultPrevalence { get; } = Ordered.ToDictionary(f => f.Name, f => f.Prevalence);

    /// <summary>Tuberculosis of the upper lobes; planted only where the prevalence asks for it, as NIH's table has no such column.</summary>
    public const string Tuberculosis = "Tuberculosis";

    /// <summary>Opacities of COVID-19; planted only where the prevalence asks for it.</summary>
    public const string Covid = CovidLabels.Covid;

    internal static IEnumerable<IPlantedFinding> Ordered => Known.OrderBy(NumberOf);

    internal static int NumberOf(IPlantedFinding finding) => Order.IndexOf(finding.Name);

    internal static IPlantedFinding Named(string name) => Known.FirstOrDefault(f => f.Name == name)
        ?? throw new ArgumentException($"The phantom can't plant '{name}'; it knows {string.Join(", ", All)}.", nameof(name));
}
