namespace CxrLab.Phantom;

/// <summary>
/// From line integrals to grey values: quanta that arrive, scatter, noise, logarithm, display window. White is dense, as
/// radiographs are shown.
/// </summary>
internal static class Detector
{
    /// <summary>Reach of scattered quanta, mm (standard deviation).</summary>
    private const float ScatterMm = 28;

    /// <summary>Blur of focal spot and scintillator, mm (standard deviation).</summary>
    private const float SharpnessMm = 0.3f;

    /// <summary>Reach of the local contrast that digital machines add, mm.</summary>
    private const float EnhancementMm = 9;

    /// <returns>[H·W] in [0, 1].</returns>
    public static float[] Expose(Scene scene, Random random)
    {
        Pose pose = scene.Pose;
        int size = scene.Field.Size;
        float mm = scene.Field.MmPerPixel;
        float[] primary = new float[size * size], scatter = new float[size * size];
        for (int i = 0; i < primary.Length; i++)
        {
            primary[i] = Exact.Exp(-Math.Max(0, scene.Attenuation[i] + scene.Vessels[i]));
            scatter[i] = scene.BodyDepth[i] > 0 ? primary[i] : 0; // air beside the patient scatters nothing
        }

        Blur.Gaussian(primary, size, MathF.Sqrt(SharpnessMm * SharpnessMm + 0.14f * mm * mm) / mm);
        Blur.Coarse(scatter, size, ScatterMm / mm);
        float quanta = pose.Quanta * mm * mm;
        var normal = new Exact.Normal(random);
        for (int i = 0; i < primary.Length; i++)
        {
            float arrived = primary[i] + pose.Scatter * scatter[i];
            // Many quanta: Poisson noise is normal, its spread the root of the count.
            arrived += normal.Next() * MathF.Sqrt(arrived / quanta);
            primary[i] = -Exact.Log(Math.Max(arrived, 1e-4f));
        }

        Enhance(primary, scatter, size, mm, pose.EdgeEnhancement);
        (float low, float high) = Window(scene);
        for (int i = 0; i < primary.Length; i++) primary[i] = Shown((primary[i] - low) / (high - low));
        return primary;
    }

    private static void Enhance(float[] density, float[] spare, int size, float mm, float strength)
    {
        density.CopyTo(spare, 0);
        Blur.Coarse(spare, size, EnhancementMm / mm);
        for (int i = 0; i < density.Length; i++)
        {
            // Beside the patient there is nothing to bring out.
            float inside = Profile.Smooth(0.25f, 0.9f, spare[i]);
            density[i] += 0.9f * strength * inside * Math.Clamp(density[i] - spare[i], -0.5f, 0.5f) - 0.14f * strength * (spare[i] - 2);
        }
    }

    // The machine sets its window by the thickness of the patient, not by what is found in him.
    private static (float Low, float High) Window(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        Pose pose = scene.Pose;
        bool lateral = scene.Field.IsLateral;
        float thick = lateral ? 2 * (a.HalfWidth + a.WallThickness) * 0.9f : a.BodyDepth, air = lateral ? 1.6f * a.HalfWidth : a.LungDepth;
        float lung = (thick - air) * Scene.Tissue + air * Scene.Lung, full = thick * Scene.Tissue;
        float centre = 0.42f * lung + 0.58f * full - 1.1f * pose.Scatter - 0.08f + pose.WindowShift;
        float width = pose.WindowWidth * (1.32f * (full - lung) + 0.55f) * (1 - 0.35f * pose.Scatter);
        return (centre - 0.62f * width, centre + 0.38f * width);
    }

    private const int CurveSteps = 2048;
    private const float CurveStart = -0.6f, CurveEnd = 3;
    private static readonly float[] Curve = [.. Enumerable.Range(0, CurveSteps + 2).Select(k => Film(CurveStart + (CurveEnd - CurveStart) * k / CurveSteps))];

    private static float Shown(float t)
    {
        float at = (Math.Clamp(t, CurveStart, CurveEnd) - CurveStart) * (CurveSteps / (CurveEnd - CurveStart));
        int k = (int)at;
        return Curve[k] + (at - k) * (Curve[k + 1] - Curve[k]);
    }

    // A film's curve: straight in the middle, rounded at both ends.
    private static float Film(float t)
    {
        const float toe = 0.055f;
        float exposed = t > 8 * toe ? t : toe * Exact.Log(1 + Exact.Exp(t / toe));
        return 0.01f + 0.985f * (1 - Exact.Exp(-1.85f * Exact.Pow(exposed, 1.2f))) / 0.93f * 0.975f;
    }
}
