namespace CxrLab.Phantom;

/// <summary>A straight piece of a vessel in patient mm.</summary>
internal readonly record struct VesselPiece(float X0, float Y0, float Z0, float X1, float Y1, float Z1, float Radius);

/// <summary>
/// Arteries and veins of the lungs: trees that leave the hila, fork with Murray's law (the cubes of the daughters' radii add up to the
/// mother's; Murray, 1926) and end before the pleura. The same tree stands on all images of a patient.
/// </summary>
internal sealed class VesselTree
{
    private const int Trunks = 13;
    private const float RootRadius = 4.3f, SmallestRadius = 0.56f;
    private readonly List<VesselPiece> pieces = [];
    private readonly Chest chest;
    private readonly Random random;
    private readonly Lung lung;

    private VesselTree(Chest chest, int patientSeed, int side)
    {
        this.chest = chest;
        lung = chest.Lung(side);
        random = Seed.Random(patientSeed, 3, side);
        float hilum = chest.Heart.Base;
        for (int trunk = 0; trunk < Trunks; trunk++)
        {
            // In radians from straight down; most trunks lead to the bases, where the lung is largest.
            float share = (trunk + random.NextSingle()) / Trunks, angle = 0.1f + 2.8f * Exact.Pow(share, 1.25f), tilt = 1.1f * Signed();
            float x = side * (side < 0 ? 29f : 32f) + 4 * Signed(), y = hilum + (side < 0 ? 8 : -4) + 9 * Signed();
            float across = Exact.Cos(tilt);
            Grow(x, y, 6 + 8 * Signed(), side * Exact.Sin(angle) * across, Exact.Cos(angle) * across, Exact.Sin(tilt), RootRadius * (0.7f + 0.45f * random.NextSingle()));
        }
    }

    /// <summary>All pieces of both lungs.</summary>
    public static List<VesselPiece> Of(Chest chest, int patientSeed) =>
        [.. new VesselTree(chest, patientSeed, -1).pieces, .. new VesselTree(chest, patientSeed, 1).pieces];

    private void Grow(float x, float y, float z, float dx, float dy, float dz, float radius)
    {
        float length = (4 + 4.6f * radius) * (0.6f + 0.75f * random.NextSingle());
        for (int piece = 0; piece < 2; piece++)
        {
            (float nextX, float nextY, float nextZ) = (x + 0.5f * length * dx, y + 0.5f * length * dy, z + 0.5f * length * dz);
            // Vessels thin out and end before they reach the pleura.
            if (Math.Abs(nextX) > 40 && lung.Inside(nextX, nextY, nextZ) < 3) return;
            pieces.Add(new(x, y, z, nextX, nextY, nextZ, radius * (piece == 0 ? 0.98f : 0.95f)));
            (x, y, z) = (nextX, nextY, nextZ);
            (dx, dy, dz) = Turn(dx, dy, dz, 0.13f);
        }

        float share = 0.30f + 0.38f * random.NextSingle(); // of the mother's cube
        float angle = 0.28f + 0.3f * random.NextSingle();
        (float sx, float sy, float sz) = Sideways(dx, dy, dz);
        for (int child = 0; child < 2; child++)
        {
            float part = child == 0 ? share : 1 - share, thinner = 0.95f * radius * Exact.Cbrt(part);
            // The thinner daughter turns further.
            float turn = (child == 0 ? 1 : -1) * angle * 2 * (1 - part), cos = Exact.Cos(turn), sin = Exact.Sin(turn);
            if (thinner > SmallestRadius) Grow(x, y, z, cos * dx + sin * sx, cos * dy + sin * sy, cos * dz + sin * sz, thinner);
        }
    }

    private (float X, float Y, float Z) Turn(float dx, float dy, float dz, float amount) =>
        Unit(dx + amount * Signed(), dy + amount * Signed(), dz + amount * Signed());

    // A random direction square to the given one.
    private (float X, float Y, float Z) Sideways(float dx, float dy, float dz)
    {
        (float x, float y, float z) = Unit(Signed(), Signed(), 0.7f * Signed());
        float along = x * dx + y * dy + z * dz;
        return Unit(x - along * dx, y - along * dy, z - along * dz);
    }

    private static (float X, float Y, float Z) Unit(float x, float y, float z)
    {
        float length = MathF.Sqrt(Math.Max(x * x + y * y + z * z, 1e-12f));
        return (x / length, y / length, z / length);
    }

    private float Signed() => 2 * random.NextSingle() - 1;
}
