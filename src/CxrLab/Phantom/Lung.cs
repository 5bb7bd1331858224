namespace CxrLab.Phantom;

/// <summary>
/// One lung: the space between chest wall, mediastinum and diaphragm. The diaphragm is a dome that falls away steeply to the side and to
/// the back, less to the front; so its shadow's edge is the crest, and lung reaches down behind it.
/// </summary>
internal sealed class Lung
{
    private const float FrontDrop = 13, MedialDrop = 14;
    private readonly Chest chest;
    private readonly float domeU, halfWidth, backDrop;

    public Lung(int side, Chest chest)
    {
        (Side, this.chest) = (side, chest);
        Anatomy a = chest.Anatomy;
        DomeTop = a.LungHeight - chest.Pose.Expiration + (side > 0 ? a.DomeDifference : 0);
        AngleDepth = a.AngleDepth;
        halfWidth = a.HalfWidth;
        domeU = 0.46f * halfWidth;
        backDrop = 1.35f * a.AngleDepth;
        CrestZ = -0.12f * a.LungDepth;
    }

    /// <summary>−1: the patient's right; 1: his left.</summary>
    public int Side { get; }

    /// <summary>y of the diaphragm's crest.</summary>
    public float DomeTop { get; }

    /// <summary>Drop from the crest to the costophrenic angle at the side.</summary>
    public float AngleDepth { get; }

    /// <summary>z of the crest.</summary>
    public float CrestZ { get; }

    /// <summary>y of the costophrenic angle's lowest point in the frontal view.</summary>
    public float AngleY => DomeTop + AngleDepth;

    /// <summary>y of the lowest point of the recess at the back.</summary>
    public float BackAngleY => DomeTop + backDrop * Square((0.5f * chest.Anatomy.LungDepth - CrestZ) / (0.5f * chest.Anatomy.LungDepth));

    /// <summary>y of the diaphragm's shadow at u in the frontal view.</summary>
    public float DomeY(float u) => DomeTop + SideDrop(u);

    /// <summary>y of the diaphragm's shadow at z in the lateral view.</summary>
    public float CrestY(float z) => DomeTop + (z < CrestZ ? FrontDrop : backDrop) * Square((z - CrestZ) / chest.HalfDepth(DomeTop));

    /// <summary>mm of lung along z through a place of the frontal plane, heart and vessels not yet taken out.</summary>
    public float DepthAt(float u, float y)
    {
        float medial = u - Chest.MedialBorder(y);
        if (medial <= 0 || y <= 0) return 0;
        float half = chest.HalfDepthAt(u, y);
        if (half <= 0) return 0;
        float over = y - DomeY(u), depth = 2 * half;
        if (over > 0)
        {
            float reach = chest.HalfDepth(DomeTop), middle = chest.MiddleZ(y);
            float front = CrestZ - reach * MathF.Sqrt(over / FrontDrop), back = CrestZ + reach * MathF.Sqrt(over / backDrop);
            depth = Math.Max(0, front - (middle - half)) + Math.Max(0, middle + half - back);
        }

        return depth * Profile.Rise(medial, 20);
    }

    /// <summary>mm of lung along x through a place of the lateral plane.</summary>
    public float WidthAt(float z, float y)
    {
        float wall = chest.HalfWidthAt(z, y), medial = Chest.MedialBorder(y);
        if (wall <= medial) return 0;
        float over = y - CrestY(z);
        if (over <= 0) return wall - medial;
        float inner = domeU * (1 - MathF.Sqrt(over / MedialDrop)), outer = domeU + (halfWidth - domeU) * Exact.Pow(over / AngleDepth, 0.4f);
        return Math.Max(0, inner - medial) + Math.Max(0, wall - outer);
    }

    /// <summary>Distance from a point of the body to the nearest border, roughly; positive inside.</summary>
    public float Inside(float x, float y, float z)
    {
        float u = Side * x;
        if (y <= 0) return y;
        float wall = chest.HalfWidthAt(z, y) - u, medial = u - Chest.MedialBorder(y);
        float dome = DomeTop + SideDrop(u) + CrestY(z) - DomeTop - y;
        return Math.Min(Math.Min(wall, medial), Math.Min(dome, chest.HalfDepth(y) - Math.Abs(z - chest.MiddleZ(y))));
    }

    /// <summary>Distance to the chest wall and the apex in the frontal view.</summary>
    public float ToWall(float u, float y)
    {
        if (y <= 0) return -MathF.Sqrt(y * y + 1);
        // The wall leans over near the apex: the shortest way to it is no longer horizontal.
        float lean = (chest.HalfWidth(y + 2) - chest.HalfWidth(Math.Max(0, y - 2))) / (y < 2 ? y + 2 : 4);
        return (chest.HalfWidth(y) - u) / MathF.Sqrt(1 + lean * lean);
    }

    /// <summary>Distance to the diaphragm's shadow in the frontal view, measured across its slope.</summary>
    public float ToDiaphragm(float u, float y)
    {
        float slope = (DomeY(u + 2) - DomeY(u - 2)) / 4;
        return (DomeY(u) - y) / MathF.Sqrt(1 + slope * slope);
    }

    /// <summary>
    /// A point of the lung from three shares: <paramref name="across"/> from mediastinum 0 to chest wall 1, <paramref name="down"/> from
    /// apex 0 to diaphragm 1, <paramref name="back"/> from front 0 to back 1.
    /// </summary>
    public (float X, float Y, float Z) At(float across, float down, float back)
    {
        float y = down * DomeTop, inner = Chest.MedialBorder(y), u = inner + across * (chest.HalfWidth(y) - inner);
        y = down * DomeY(u);
        return (Side * u, y, chest.MiddleZ(y) + (2 * back - 1) * chest.HalfDepthAt(u, y));
    }

    private float SideDrop(float u)
    {
        float t = u > domeU ? (u - domeU) / (halfWidth - domeU) : (domeU - u) / domeU;
        return u > domeU ? AngleDepth * t * t * MathF.Sqrt(t) : MedialDrop * t * t;
    }

    private static float Square(float t) => t * t;
}
