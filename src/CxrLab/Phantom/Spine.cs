namespace CxrLab.Phantom;

/// <summary>Vertebrae on the midline: bodies with dense end plates, discs between, pedicles, spinous processes.</summary>
internal static class Spine
{
    private const float BodyDepth = 24, Spongy = 0.30f;

    public static void Add(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        float bone = Scene.Bone * a.BoneDensity;
        float[] xs = scene.Field.X, ys = scene.Field.Y;
        float top = Ribs.JointY(a, 1) - 90, bottom = ys.Max();
        for (int i = 0; i < xs.Length; i++)
        {
            float y = ys[i];
            if (Math.Abs(xs[i]) > 42) continue;
            float x = xs[i] - a.SpineBow * MathF.Sin((y - top) / (bottom - top) * MathF.PI);
            (float within, float height) = Vertebra(a, y);
            float half = 14.5f + 5 * Profile.Smooth(0, 330, y);
            float waist = half * (1 - 0.10f * Profile.Bell((within - 0.5f) / 0.3f));
            float across = Profile.Rise(waist - Math.Abs(x), 6);
            float disc = Profile.Smooth(0.40f, 0.47f, Math.Abs(within - 0.5f));
            float plate = Profile.Bell((Math.Abs(within - 0.5f) - 0.40f) / 0.045f);
            float body = across * (1 - 0.72f * disc + 0.35f * plate);
            float edge = Profile.Bell((waist - 1.5f - Math.Abs(x)) / 2f) * (1 - disc);
            float pedicle = Ring((Math.Abs(x) - 0.62f * half) / 4.2f, (within - 0.30f) * height / 6);
            float process = Profile.Bell(x / 3.2f) * Profile.Bell((within - 0.86f) * height / 7);
            // Transverse processes reach out to the ribs.
            float wings = Profile.Rise(half + 13 - Math.Abs(x), 12) * Profile.Bell((within - 0.24f) * height / 5.5f) * 0.4f;
            scene.Attenuation[i] += bone * BodyDepth * (Spongy * (body + 0.5f * edge) + 0.22f * pedicle + 0.30f * process + Spongy * wings);
        }
    }

    // Position within its vertebra, 0 at the upper and 1 at the lower end, and the vertebra's height in mm.
    private static (float Within, float Height) Vertebra(Anatomy a, float y)
    {
        int level = y < Ribs.JointY(a, 1) ? 0 : 1;
        while (level >= 1 && Ribs.JointY(a, level + 1) <= y) level++;
        if (level >= 1)
        {
            float upper = Ribs.JointY(a, level), height = Ribs.JointY(a, level + 1) - upper;
            return ((y - upper) / height, height);
        }

        const float neck = 17;
        float above = (Ribs.JointY(a, 1) - y) / neck;
        return (1 - (above - MathF.Floor(above)), neck);
    }

    private static float Ring(float x, float y)
    {
        float r = MathF.Sqrt(x * x + y * y);
        return Profile.Bell((r - 0.85f) / 0.4f);
    }
}
