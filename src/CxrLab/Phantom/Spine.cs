namespace CxrLab.Phantom;

/// <summary>Vertebrae: bodies with dense end plates, discs between, pedicles, spinous processes; and, seen from the side, the sternum.</summary>
internal static class Spine
{
    private const float BodyDepth = 19, Spongy = 0.19f;

    public static void Add(Scene scene)
    {
        if (scene.Field.IsLateral)
        {
            FromSide(scene);
            Sternum(scene);
        }
        else
        {
            FromFront(scene);
        }
    }

    /// <summary>z of the vertebral bodies' middle at a height: the chest's back bows.</summary>
    public static float MiddleZ(Chest chest, float y) => 0.60f * chest.HalfDepth(110) + 10 * Profile.Bell((y - 120) / 90) + 0.10f * Math.Min(0, y - 40);

    private static void FromFront(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        float bone = Scene.Bone * a.BoneDensity;
        float[] hs = scene.Field.H, vs = scene.Field.V;
        const float top = -120, bottom = 330;
        for (int i = 0; i < hs.Length; i++)
        {
            float y = vs[i];
            if (Math.Abs(hs[i]) > 44 || scene.BodyDepth[i] <= 0) continue;
            float x = hs[i] - a.SpineBow * Exact.Sin((y - top) / (bottom - top) * MathF.PI);
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

    private static void FromSide(Scene scene)
    {
        Anatomy a = scene.Anatomy;
        float bone = Scene.Bone * a.BoneDensity;
        float[] hs = scene.Field.H, vs = scene.Field.V;
        for (int i = 0; i < hs.Length; i++)
        {
            float y = vs[i];
            if (scene.BodyDepth[i] <= 0) continue;
            float half = 12.5f + 5 * Profile.Smooth(0, 330, y), z = hs[i] - MiddleZ(scene.Chest, y);
            if (z < -half - 4 || z > half + 48) continue;
            (float within, float height) = Vertebra(a, y);
            float waist = half * (1 - 0.09f * Profile.Bell((within - 0.5f) / 0.3f));
            float disc = Profile.Smooth(0.39f, 0.45f, Math.Abs(within - 0.5f)), plate = Profile.Bell((Math.Abs(within - 0.5f) - 0.385f) / 0.04f);
            float inside = Profile.Smooth(0, 2, waist - Math.Abs(z));
            float body = inside * (1 - 0.85f * disc + 0.8f * plate) + 0.5f * Profile.Bell((waist - 1 - Math.Abs(z)) / 1.6f) * (1 - disc);
            // Arches and spinous processes slant down behind the canal.
            float behind = z - half - 16, slanted = within - 0.5f - 0.012f * behind;
            float arch = behind is > -10 and < 32 ? Profile.Bell((slanted - MathF.Floor(slanted) - 0.5f) / 0.24f) * Profile.Smooth(-10, -2, behind) * (1 - Profile.Smooth(18, 32, behind)) : 0;
            scene.Attenuation[i] += bone * 36 * (Spongy * body + 0.15f * arch);
        }
    }

    private static void Sternum(Scene scene)
    {
        Chest chest = scene.Chest;
        float Front(float y) => chest.MiddleZ(y) - chest.HalfDepth(Math.Max(y, 45)) - 5;
        var plate = new Tube(scene.Field);
        for (int k = 0; k <= 12; k++)
        {
            float y = 40 + 13f * k;
            plate.Through((0, y, Front(y) + (y < 75 ? 0.1f * (75 - y) : 0)));
        }

        plate.AddHollow(scene.Attenuation, 5, 1.3f, 17, Scene.Bone * chest.Anatomy.BoneDensity * 0.7f, t => 1 - 0.7f * Profile.Bell((t - 0.24f) / 0.015f));
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
