namespace CxrLab.Phantom;

/// <summary>Air in the trachea and the main bronchi: a dark column that forks below the aortic knob.</summary>
internal static class Airways
{
    private const float Radius = 8.5f;

    public static void Add(Scene scene)
    {
        float carina = new Heart(scene.Anatomy, scene.Pose).Base - 8, bow = 0.35f * scene.Anatomy.AorticKnob - 3;
        var trachea = new Tube(scene.Field);
        for (int k = 0; k <= 10; k++)
        {
            float t = k / 10f;
            trachea.Through((-bow * MathF.Sin(MathF.PI * t * 0.8f), -70 + t * (carina + 70)));
        }

        trachea.AddSolid(scene.Attenuation, Radius, Radius * 0.8f, -Scene.Tissue, t => 1 - 0.35f * t);
        Bronchus(scene, carina, -bow * 0.6f, dx: -30, dy: 30);
        Bronchus(scene, carina, -bow * 0.6f, dx: 40, dy: 26);
    }

    private static void Bronchus(Scene scene, float carina, float x, float dx, float dy)
    {
        var bronchus = new Tube(scene.Field);
        bronchus.Through((x, carina - 3), (x + dx * 0.5f, carina + dy * 0.42f), (x + dx, carina + dy));
        bronchus.AddSolid(scene.Attenuation, 6.5f, 5.5f, -Scene.Tissue, t => 0.75f * (1 - t));
    }
}
