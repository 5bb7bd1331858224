namespace CxrLab.Phantom;

/// <summary>What is on the film and not in the patient: collimator borders, the side marker, planted tokens.</summary>
internal static class FilmMarks
{
    private static readonly string[] Initials = ["", "", "JC", "MK", "AM", "TP", "KO"];

    /// <summary>Paints over a finished picture.</summary>
    /// <param name="image">[H·W] in [0, 1], changed.</param>
    /// <param name="size">H = W.</param>
    /// <param name="one">Whose marks.</param>
    /// <param name="random">The exposure's own stream.</param>
    public static void Paint(float[] image, int size, PhantomCase one, Random random)
    {
        Collimate(image, size, random);
        SideMarker(image, size, one, random);
        // Stuck to the cassette, and so always in the same place.
        if (one.Shortcuts.HasFlag(PhantomShortcut.HospitalMarker)) StrokeFont.Paint(image, size, "+", 0.075f, 0.075f, 0.05f, 0.785f, 0.97f, ring: 0.75f);
        if (one.Shortcuts.HasFlag(PhantomShortcut.ApLabel)) StrokeFont.Paint(image, size, "AP", 0.88f, 0.93f, 0.042f, 0, 0.95f);
    }

    private static void SideMarker(float[] image, int size, PhantomCase one, Random random)
    {
        bool left = random.NextDouble() < 0.75, ringed = random.NextDouble() < 0.25;
        string letter = left ? "L" : "R", initials = Initials[random.Next(Initials.Length)];
        float height = 0.03f + 0.025f * random.NextSingle(), turn = random.NextDouble() < 0.7 ? 0.12f * Exact.Gaussian(random) : 1.5f * Exact.Gaussian(random);
        float x = (left ? 0.93f : 0.07f) + 0.035f * (random.NextSingle() - 0.5f), y = 0.05f + 0.12f * random.NextSingle(), grey = 0.88f + 0.11f * random.NextSingle();
        if (one.View == View.Lateral) (letter, x) = ("L", 0.08f);
        if (random.NextDouble() < 0.08) return; // forgotten
        StrokeFont.Paint(image, size, letter, x, y, height, turn, grey, ringed ? 0.85f : 0);
        if (initials.Length > 0 && !ringed) StrokeFont.Paint(image, size, initials, x - 1.35f * height * Exact.Sin(turn), y + 1.35f * height * Exact.Cos(turn), 0.55f * height, turn, grey);
    }

    // Lead shutters: black where they keep the beam away, white in digital images that are shown without inversion; rarely quite straight.
    private static void Collimate(float[] image, int size, Random random)
    {
        float grey = random.NextDouble() < 0.72 ? 0.012f : 0.97f, soft = 0.002f + (grey > 0.5f ? 0.012f : 0.003f) * random.NextSingle();
        bool any = random.NextDouble() < 0.45;
        float[] depth = new float[4], lean = new float[4];
        for (int side = 0; side < 4; side++)
        {
            bool shut = random.NextDouble() < 0.55;
            (depth[side], lean[side]) = (0.008f + 0.045f * random.NextSingle() * random.NextSingle(), 0.012f * Exact.Gaussian(random));
            if (!shut || !any) depth[side] = -1;
        }

        if (!any) return;
        for (int row = 0, i = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++, i++)
            {
                float x = (column + 0.5f) / size, y = (row + 0.5f) / size;
                float inside = Math.Min(
                    Math.Min(x - depth[0] - lean[0] * (y - 0.5f), y - depth[1] - lean[1] * (x - 0.5f)),
                    Math.Min(1 - x - depth[2] - lean[2] * (y - 0.5f), 1 - y - depth[3] - lean[3] * (x - 0.5f)));
                float shut = 1 - Profile.Smooth(-soft, soft, inside);
                image[i] += shut * (grey - image[i]);
            }
        }
    }
}
