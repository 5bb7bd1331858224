namespace CxrLab.Phantom;

/// <summary>Things on and in a patient that attenuate: wires of the monitor and catheters at the bedside, and the planted chest tube.</summary>
internal static class Devices
{
    private const float Metal = 0.12f;

    public static void Add(Scene scene, PhantomShortcut planted, Random random)
    {
        bool bedside = scene.Pose.View == View.AP;
        int wires = bedside && random.NextDouble() < 0.55 ? 1 + random.Next(4) : 0;
        for (int wire = 0; wire < wires; wire++) Lead(scene, random);
        if (bedside && random.NextDouble() < 0.3) CentralLine(scene, random);
        if (planted.HasFlag(PhantomShortcut.ChestTube)) ChestTube(scene, random);
    }

    // A wire runs over the skin to an electrode on the chest.
    private static void Lead(Scene scene, Random random)
    {
        float Between(float low, float high) => low + (high - low) * random.NextSingle();
        int side = Lesion.Side(random);
        (float X, float Y, float Z) electrode = (side * Between(70, 135), Between(10, 210), -110);
        var wire = new Tube(scene.Field);
        wire.Through(Curve.Through([electrode, (electrode.X + Between(-50, 50), electrode.Y - Between(20, 60), -110), (Between(-120, 120), Between(-20, 120), -110), (side * Between(120, 230), Between(-90, 320), -110)], 8));
        wire.AddSolid(scene.Attenuation, 0.8f, 0.8f, Metal, _ => 1);
        var clip = new Tube(scene.Field);
        clip.Through(electrode, (electrode.X + 1, electrode.Y + 3, -110));
        clip.AddHollow(scene.Attenuation, 4.5f, 1.2f, 1.4f, Metal, _ => 1);
    }

    private static void CentralLine(Scene scene, Random random)
    {
        int side = Lesion.Side(random, 0.7f);
        float end = scene.Chest.Heart.Base + 20 * random.NextSingle();
        var line = new Tube(scene.Field);
        line.Through(Curve.Through([(side * 150, -10 + 40 * random.NextSingle(), -80), (side * 90, 22, -70), (side * 35, 34, -50), (-17, 52, -40), (-20, end, -30)], 8));
        line.AddSolid(scene.Attenuation, 1.1f, 1.1f, 0.6f * Metal, _ => 1);
    }

    private static void ChestTube(Scene scene, Random random)
    {
        int side = Lesion.Side(random);
        float entry = 130 + 40 * random.NextSingle(), wall = scene.Chest.HalfWidth(entry);
        var tube = new Tube(scene.Field);
        tube.Through(Curve.Through([(side * (wall + 55), entry + 38, 0), (side * (wall - 8), entry, 10), (side * (wall - 34), 0.6f * entry, 20), (side * 62, 26 + 14 * random.NextSingle(), 25)], 10));
        // A plastic tube with a lead stripe, which is what one sees.
        tube.AddHollow(scene.Attenuation, 4.2f, 1, 4, 0.022f, _ => 1);
        tube.AddSolid(scene.Attenuation, 1, 1, 0.8f * Metal, _ => 1);
    }
}
