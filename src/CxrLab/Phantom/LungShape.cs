namespace CxrLab.Phantom;

/// <summary>
/// Outline of one lung as three borders: chest wall, mediastinum, diaphragm. Distances are in mm, positive inside. u = |x| is the
/// distance from the midline, so both sides share the formulas.
/// </summary>
internal sealed class LungShape
{
    private const float ApexU = 46, MedialU = 15;
    private readonly float halfWidth, wallHeight, domeU;

    public LungShape(int side, Anatomy anatomy, Pose pose)
    {
        Side = side;
        halfWidth = anatomy.HalfWidth - (side > 0 ? 2 : 0);
        DomeTop = anatomy.LungHeight - pose.Expiration + (side > 0 ? anatomy.DomeDifference : 0);
        AngleDepth = anatomy.AngleDepth;
        wallHeight = 0.86f * anatomy.LungHeight;
        domeU = 0.47f * halfWidth;
    }

    /// <summary>−1: the patient's right; 1: his left.</summary>
    public int Side { get; }

    /// <summary>y of the diaphragm's dome.</summary>
    public float DomeTop { get; }

    /// <summary>Drop from the dome to the costophrenic angle.</summary>
    public float AngleDepth { get; }

    /// <summary>y of the costophrenic angle's lowest point.</summary>
    public float AngleY => DomeTop + AngleDepth;

    /// <summary>u of the chest wall at height <paramref name="y"/>: a superellipse from the apex to the widest level.</summary>
    public float WallU(float y)
    {
        float rest = 1 - Math.Clamp(y / wallHeight, 0, 1);
        float narrowing = 4 * Profile.Smooth(wallHeight, wallHeight + 90, y);
        return ApexU + (halfWidth - ApexU) * MathF.Pow(1 - MathF.Pow(rest, 2.15f), 0.5f) - narrowing;
    }

    /// <summary>u of the border towards the mediastinum, which bends outwards at the apex.</summary>
    public static float MedialBorder(float y)
    {
        float rest = 1 - Math.Clamp(y / 46, 0, 1);
        return MedialU + (ApexU - MedialU) * (1 - MathF.Sqrt(1 - rest * rest));
    }

    /// <summary>y of the diaphragm at <paramref name="u"/>: a dome, steep towards the costophrenic angle.</summary>
    public float DomeY(float u)
    {
        float t = u > domeU ? (u - domeU) / (halfWidth - domeU) : (domeU - u) / domeU;
        return DomeTop + (u > domeU ? AngleDepth * MathF.Pow(t, 2.5f) : 15 * t * t);
    }

    /// <summary>Distance to the chest wall and the apex.</summary>
    public float ToWall(float u, float y)
    {
        if (y <= 0) return -MathF.Sqrt(y * y + 1);
        // The wall leans over near the apex: the shortest way to it is no longer horizontal.
        float lean = (WallU(y + 2) - WallU(Math.Max(0, y - 2))) / (y < 2 ? y + 2 : 4);
        return (WallU(y) - u) / MathF.Sqrt(1 + lean * lean);
    }

    /// <summary>Distance to the mediastinal border.</summary>
    public static float ToMediastinum(float u, float y) => u - MedialBorder(y);

    /// <summary>Distance to the diaphragm's shadow, measured across its slope.</summary>
    public float ToDiaphragm(float u, float y)
    {
        float slope = (DomeY(u + 2) - DomeY(u - 2)) / 4;
        return (DomeY(u) - y) / MathF.Sqrt(1 + slope * slope);
    }

    /// <summary>
    /// A point of the lung from two shares: <paramref name="across"/> from mediastinum 0 to chest wall 1,
    /// <paramref name="down"/> from apex 0 to diaphragm 1.
    /// </summary>
    public (float X, float Y) At(float across, float down)
    {
        float y = down * DomeTop;
        float inner = MedialBorder(y), outer = WallU(y);
        float u = inner + across * (outer - inner);
        return (Side * u, down * DomeY(u));
    }
}
