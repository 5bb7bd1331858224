namespace CxrLab.Phantom;

/// <summary>
/// Destroyed, over-inflated lungs: long and deep, with a flat diaphragm, thinned vessels, dark upper fields and a narrow heart. Its mask
/// is both lungs.
/// </summary>
internal sealed class EmphysemaFinding : IPlantedFinding
{
    public string Name => Finding.Emphysema;

    public double Prevalence => 0.05;

    public Loading Loading => new(-0.15, 0.05);

    public Anatomy Alter(Anatomy anatomy, Lesion lesion)
    {
        float grade = Math.Clamp((float)(lesion.Severity * lesion.Contrast), 0, 1.2f);
        return anatomy with
        {
            LungHeight = anatomy.LungHeight * (1.05f + 0.09f * grade),
            AngleDepth = anatomy.AngleDepth * (0.72f - 0.38f * Math.Min(grade, 1)),
            LungDepth = anatomy.LungDepth * (1.03f + 0.07f * grade),
            BodyDepth = anatomy.BodyDepth * (1.02f + 0.05f * grade),
            HeartRatio = anatomy.HeartRatio * (0.97f - 0.07f * grade),
            HeartTilt = anatomy.HeartTilt + 0.12f * grade,
            VesselCalibre = anatomy.VesselCalibre * (0.95f - 0.2f * grade),
        };
    }

    public Planted Plant(Scene scene, Lesion lesion)
    {
        var random = lesion.Random();
        var holes = new ValueNoise(random.Next());
        float[] coverage = new float[scene.Attenuation.Length], hs = scene.Field.H, vs = scene.Field.V;
        float loss = (float)lesion.Contrast * lesion.Grow(0.12f, 0.34f);
        for (int i = 0; i < coverage.Length; i++)
        {
            float lung = scene.LungDepthAt(i);
            if (lung <= 0) continue;
            coverage[i] = scene.Covered[i] ? 0 : 1;
            // Upper lobes suffer most; bullae are rounder and darker.
            float upper = 1 - 0.55f * Profile.Smooth(0.2f, 0.9f, vs[i] / scene.Anatomy.LungHeight), bulla = Profile.Smooth(0.5f, 1.5f, holes.At(hs[i], vs[i], 34, 2));
            scene.Attenuation[i] -= lung * Scene.Lung * loss * upper * (0.7f + 0.6f * bulla);
            scene.Vessels[i] *= 1 - 0.5f * bulla * upper;
        }

        return new(coverage, BodySide.Both);
    }
}
