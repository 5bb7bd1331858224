namespace CxrLab.Phantom;

/// <summary>
/// One patient's chest in three dimensions, breath and posture included: what the frontal view, the lateral view and the axial slices are
/// all made from. Lengths in mm in the coordinates of <see cref="Field"/>; u = |x|.
/// </summary>
internal sealed class Chest
{
    private const float ApexU = 45, MedialU = 14;
    private readonly float wallHeight;
    private readonly float[] widths, depths;

    public Chest(Anatomy anatomy, Pose pose)
    {
        (Anatomy, Pose) = (anatomy, pose);
        wallHeight = 0.86f * anatomy.LungHeight;
        (widths, depths) = (new float[700], new float[700]);
        for (int k = 0; k < widths.Length; k++) (widths[k], depths[k]) = (WidthAt(k), DepthAt(k));
        (Right, Left) = (new(-1, this), new(1, this));
        Heart = new(this);
    }

    public Anatomy Anatomy { get; }

    public Pose Pose { get; }

    public Lung Right { get; }

    public Lung Left { get; }

    public Heart Heart { get; }

    /// <summary>The lung of a side: −1 is the patient's right, 1 his left.</summary>
    public Lung Lung(int side) => side < 0 ? Right : Left;

    /// <summary>Inner half width of the rib cage at a height.</summary>
    public float HalfWidth(float y) => Read(widths, y);

    /// <summary>Inner half depth of the rib cage at a height.</summary>
    public float HalfDepth(float y) => Read(depths, y);

    /// <summary>z of the middle of the rib cage: its upper part leans back.</summary>
    public float MiddleZ(float y) => 0.11f * Anatomy.LungDepth * (1 - Profile.Smooth(0, 150, y));

    /// <summary>u from which a horizontal section curves; the apices are domes of their own.</summary>
    public static float FlatU(float y) => ApexU * (1 - Profile.Smooth(0, 70, y));

    /// <summary>Half the depth of the rib cage along z at a place of the frontal plane; 0 outside.</summary>
    public float HalfDepthAt(float u, float y)
    {
        float flat = FlatU(y), width = HalfWidth(y), s = Math.Max(0, u - flat) / (width - flat);
        return s >= 1 || y <= 0 ? 0 : HalfDepth(y) * Section(s);
    }

    /// <summary>Half the width of the rib cage along x at a place of the lateral plane; 0 outside.</summary>
    public float HalfWidthAt(float z, float y)
    {
        float depth = HalfDepth(y), s = Math.Abs(z - MiddleZ(y)) / Math.Max(depth, 1);
        if (s >= 1 || y <= 0) return 0;
        float flat = FlatU(y);
        return flat + (HalfWidth(y) - flat) * Section(s);
    }

    /// <summary>u of the border towards the mediastinum, which bends outwards at the apex.</summary>
    public static float MedialBorder(float y)
    {
        float rest = 1 - Math.Clamp(y / 44, 0, 1);
        return MedialU + (ApexU - MedialU) * (1 - MathF.Sqrt(1 - rest * rest));
    }

    // A horizontal section's outline, between ellipse and rectangle: √(1 − s^2.5).
    private static float Section(float s) => MathF.Sqrt(1 - s * s * MathF.Sqrt(s));

    private float WidthAt(float y)
    {
        float rest = 1 - Math.Clamp(y / wallHeight, 0, 1);
        float narrowing = 5 * Profile.Smooth(wallHeight, wallHeight + 100, y);
        return ApexU + (Anatomy.HalfWidth - ApexU) * MathF.Sqrt(1 - Exact.Pow(rest, Anatomy.Shoulders)) - narrowing;
    }

    private float DepthAt(float y)
    {
        float rest = 1 - Math.Clamp(y / (0.75f * Anatomy.LungHeight), 0, 1);
        return 0.5f * Anatomy.LungDepth * MathF.Sqrt(1 - rest * rest * rest);
    }

    private static float Read(float[] table, float y)
    {
        float at = Math.Clamp(y, 0, table.Length - 1.001f);
        int k = (int)at;
        return table[k] + (at - k) * (table[k + 1] - table[k]);
    }
}
