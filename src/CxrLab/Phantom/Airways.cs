namespace CxrLab.Phantom;

/// <summary>Air in the trachea and the main bronchi: a dark column that forks below the aortic knob.</summary>
internal static class Airways
{
    private const float Radius = 9f;

    /// <summary>Where the trachea forks.</summary>
    public static (float X, float Y, float Z) Carina(Chest chest) => (-0.6f * Bow(chest), chest.Heart.Base - 12, 14);

    /// <summary>The trachea's middle line from the larynx to the carina.</summary>
    public static (float X, float Y, float Z)[] Trachea(Chest chest)
    {
        (_, float end, float z) = Carina(chest);
        float bow = Bow(chest);
        return [.. Enumerable.Range(0, 11).Select(k => k / 10f).Select(t => (-bow * Exact.Sin(MathF.PI * t * 0.8f), -75 + t * (end + 75), z - 16 * (1 - t)))];
    }

    public static void Add(Scene scene)
    {
        Chest chest = scene.Chest;
        var trachea = new Tube(scene.Field);
        trachea.Through(Trachea(chest));
        bool lateral = scene.Field.IsLateral;
        trachea.AddSolid(scene.Attenuation, Radius, Radius * 1.35f, -Scene.Tissue, t => lateral ? 1 : 1 - 0.3f * t);
        Bronchus(scene, Carina(chest), dx: -32, dy: 32);
        Bronchus(scene, Carina(chest), dx: 42, dy: 27);
    }

    // An unfolded aorta pushes the trachea to the right.
    private static float Bow(Chest chest) => 0.35f * chest.Anatomy.AorticKnob - 3;

    private static void Bronchus(Scene scene, (float X, float Y, float Z) carina, float dx, float dy)
    {
        var bronchus = new Tube(scene.Field);
        (float x, float y, float z) = carina;
        bronchus.Through((x, y - 3, z), (x + dx * 0.5f, y + dy * 0.42f, z + 4), (x + dx, y + dy, z + 6));
        bronchus.AddSolid(scene.Attenuation, 6.5f, 5.5f, -Scene.Tissue, t => 0.8f * (1 - t));
    }
}
