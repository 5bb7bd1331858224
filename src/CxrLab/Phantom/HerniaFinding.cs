namespace CxrLab.Phantom;

/// <summary>Stomach that has slipped through the diaphragm: a round shadow behind the heart, with gas above a fluid level when it is large.</summary>
internal sealed class HerniaFinding : IPlantedFinding
{
    public string Name => Finding.Hernia;

    public double Prevalence => 0.02;

    public Loading Loading => new(0, 0);

    public Planted Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        float radius = lesion.Grow(21, 46), x = 6 + 14 * (random.NextSingle() - 0.35f), y = scene.Chest.Left.DomeTop + 4 - 0.75f * radius, z = 0.28f * scene.Chest.HalfDepth(y);
        (float h, float v) = scene.Field.Project(x, y, z);
        float contrast = Math.Min(1.2f, (float)lesion.Contrast);
        float[] coverage = new float[scene.Attenuation.Length], hs = scene.Field.H, vs = scene.Field.V;
        float level = scene.Pose.View == View.AP ? v + 2 * radius : v - 0.15f * radius; // no level in a lying patient
        for (int i = 0; i < coverage.Length; i++)
        {
            float dh = (hs[i] - h) / (1.1f * radius), dv = (vs[i] - v) / radius, r2 = dh * dh + dv * dv;
            if (r2 >= 1) continue;
            float chord = Profile.Chord(r2);
            coverage[i] = Profile.Smooth(0.1f, 0.35f, chord);
            scene.DisplaceBoth(i, 1.5f * radius * chord * contrast);
            // Behind the heart no lung is left to displace; the sac still adds to what the ray crosses, and its gas takes away.
            float inner = Profile.Chord(r2 / 0.72f);
            scene.Attenuation[i] += Scene.Tissue * 0.16f * radius * chord * contrast;
            scene.Attenuation[i] -= Scene.Tissue * 1.15f * radius * inner * contrast * (1 - Profile.Smooth(level - 1.5f, level + 1.5f, vs[i])) * (float)Math.Min(1, 0.15 + lesion.Severity);
        }

        return new(coverage, BodySide.Middle);
    }
}
