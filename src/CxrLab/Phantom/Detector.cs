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
    private const float SharpnessMm = 0.35f;

    /// <returns>[H·W] in [0, 1], on the levels of <paramref name="bits"/>.</returns>
    public static float[] Expose(Scene scene, Random random, int bits)
    {
        Pose pose = scene.Pose;
        int size = scene.Field.Size, levels = (1 << bits) - 1;
        float mm = scene.Field.MmPerPixel;
        float[] primary = new float[size * size], scatter = new float[size * size];
        for (int i = 0; i < primary.Length; i++)
        {
            primary[i] = MathF.Exp(-Math.Max(0, scene.Attenuation[i] + scene.Vessels[i]));
            scatter[i] = scene.BodyDepth[i] > 0 ? primary[i] : 0; // air beside the patient scatters nothing
        }

        Blur.Gaussian(primary, size, MathF.Sqrt(SharpnessMm * SharpnessMm + 0.16f * mm * mm) / mm);
        Blur.Gaussian(scatter, size, ScatterMm / mm);
        (float low, float high) = Window(scene.Anatomy, pose);
        float quanta = pose.Quanta * mm * mm;
        for (int i = 0; i < primary.Length; i++)
        {
            float arrived = primary[i] + pose.Scatter * scatter[i];
            // Many quanta: Poisson noise is normal, its spread the root of the count.
            arrived += (float)random.NextGaussian() * MathF.Sqrt(arrived / quanta);
            float shown = (-MathF.Log(Math.Max(arrived, 1e-4f)) - low) / (high - low);
            primary[i] = MathF.Round(levels * Film(shown)) / levels;
        }

        Collimate(primary, size, pose.Collimation);
        return primary;
    }

    // The machine sets its window by the thickness of the patient, not by what is found in him.
    private static (float Low, float High) Window(Anatomy a, Pose pose)
    {
        float lung = (a.BodyDepth - a.LungDepth) * Scene.Tissue + a.LungDepth * Scene.Lung, full = a.BodyDepth * Scene.Tissue;
        float centre = 0.42f * lung + 0.58f * full - 1.35f * pose.Scatter + 0.13f + pose.WindowShift;
        float width = pose.WindowWidth * (1.45f * (full - lung) + 0.6f) * (1 - 0.35f * pose.Scatter);
        return (centre - 0.62f * width, centre + 0.38f * width);
    }

    // A film's curve: straight in the middle, rounded at both ends.
    private static float Film(float t)
    {
        const float toe = 0.055f;
        float exposed = t > 8 * toe ? t : toe * MathF.Log(1 + MathF.Exp(t / toe));
        return 0.01f + 0.91f * (1 - MathF.Exp(-1.9f * MathF.Pow(exposed, 1.15f))) / 0.93f;
    }

    private static void Collimate(float[] image, int size, float[] border)
    {
        for (int row = 0, i = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++, i++)
            {
                float x = (column + 0.5f) / size, y = (row + 0.5f) / size;
                if (x < border[0] || y < border[1] || 1 - x < border[2] || 1 - y < border[3]) image[i] = MathF.Round(255 * 0.015f) / 255;
            }
        }
    }
}
