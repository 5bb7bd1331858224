namespace CxrLab.Explain;

/// <summary>All ways to explain, by name, with their default settings; a new way is a new file and one line here.</summary>
public static class ExplanationCatalog
{
    /// <summary>The cheap ones first.</summary>
    public static IReadOnlyList<Explanation> All { get; } =
    [
        new ClassActivationMap(),
        new GradCam(),
        new GradCamPlusPlus(),
        new HiResCam(),
        new XGradCam(),
        new LayerCam(),
        new EigenCam(),
        new PcamMap(),
        new LseMap(),
        new PixelMap(),
        new AblationCam(),
        new Saliency(),
        new SmoothGrad(),
        new IntegratedGradients(),
        new Occlusion(),
        new ScoreCam(),
        new Rise(),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Name)];

    /// <summary>A method by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those that are.</exception>
    public static Explanation ByName(string name) => All.FirstOrDefault(method => method.Name == name)
        ?? throw new ArgumentException($"There is no explanation '{name}'; CxrLab has: {string.Join(", ", Names)}.", nameof(name));
}
