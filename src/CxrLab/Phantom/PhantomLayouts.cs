namespace CxrLab.Phantom;

/// <summary>Layouts by name; a new one is a new file and one line here.</summary>
public static class PhantomLayouts
{
    /// <summary>NIH ChestX-ray14.</summary>
    public static PhantomLayout Nih { get; } = new NihLayout();

    /// <summary>VinDr-CXR.</summary>
    public static PhantomLayout VinDr { get; } = new VinDrLayout();

    /// <summary>All layouts.</summary>
    public static IReadOnlyList<PhantomLayout> All { get; } =
    [
        Nih,
        new CheXpertLayout(),
        new MimicLayout(),
        new PadChestLayout(),
        VinDr,
        new MontgomeryLayout(),
        new ShenzhenLayout(),
        new LungSegmentationLayout(),
        new CovidxLayout(),
        new CovidxSeverityLayout(),
        new CovidxCtLayout(),
        new OpenILayout(),
    ];

    /// <exception cref="ArgumentException">There is no such layout.</exception>
    public static PhantomLayout ByName(string name) => All.FirstOrDefault(layout => layout.Name == name)
        ?? throw new ArgumentException($"There is no layout '{name}'; there are: {string.Join(", ", All.Select(layout => layout.Name))}.", nameof(name));
}
