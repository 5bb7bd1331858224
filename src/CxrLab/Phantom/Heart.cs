namespace CxrLab.Phantom;

/// <summary>
/// The heart: a tilted egg for the ventricles, apex towards the patient's left, and the right atrium bulging on the other side. It lies in
/// the front half of the chest, its base further back than its apex.
/// </summary>
internal sealed class Heart
{
    private readonly float centreX, centreY, cos, sin, longAxis, shortAxis, atriumX, atriumY, atriumWidth, atriumHeight, depth;

    public Heart(Chest chest)
    {
        Anatomy a = chest.Anatomy;
        Width = a.HeartRatio * 2 * a.HalfWidth;
        const float apexShare = 0.69f; // about two thirds of the heart lie left of the midline
        float floor = a.LungHeight - chest.Pose.Expiration + a.DomeDifference;
        // A heart pressed from below lies flatter.
        float tilt = Math.Max(0.3f, a.HeartTilt - 0.006f * chest.Pose.Expiration);
        (cos, sin) = (Exact.Cos(tilt), Exact.Sin(tilt));
        longAxis = Width * 0.53f;
        shortAxis = Width * 0.385f;
        float reach = MathF.Sqrt(longAxis * longAxis * cos * cos + shortAxis * shortAxis * sin * sin);
        float drop = MathF.Sqrt(longAxis * longAxis * sin * sin + shortAxis * shortAxis * cos * cos);
        centreX = apexShare * Width - reach;
        centreY = floor + 10 - drop;
        atriumWidth = Width * 0.27f;
        atriumHeight = Width * 0.34f;
        atriumX = -(1 - apexShare) * Width + atriumWidth;
        atriumY = floor + 2 - atriumHeight;
        depth = 0.72f * Width;
        Z = -0.5f * a.LungDepth + 0.5f * depth + 6;
    }

    /// <summary>Greatest width.</summary>
    public float Width { get; }

    /// <summary>z of its middle.</summary>
    public float Z { get; }

    /// <summary>y where the great vessels leave it.</summary>
    public float Base => atriumY - 0.6f * atriumHeight;

    /// <summary>Outline's extent, mm.</summary>
    public (float Left, float Top, float Right, float Bottom) Bounds => (atriumX - atriumWidth - 4, atriumY - atriumHeight - 30, centreX + longAxis + 4, centreY + longAxis + 4);

    /// <summary>z of its middle at a height: the apex lies in front.</summary>
    public float ZAt(float y) => Z + 0.35f * (centreY - y) + 6;

    /// <summary>Depth of heart along z at a point, mm; 0 or less outside.</summary>
    public float DepthAt(float x, float y)
    {
        float dx = x - centreX, dy = y - centreY;
        float along = dx * cos + dy * sin, across = -dx * sin + dy * cos;
        along /= longAxis * (along > 0 ? 1 : 0.92f);
        across /= shortAxis * (1 - 0.16f * along); // blunter at the base than at the apex
        float ventricles = depth * Profile.Chord(along * along + across * across);
        float ax = (x - atriumX) / atriumWidth, ay = (y - atriumY) / atriumHeight;
        float atrium = 0.86f * depth * Profile.Chord(ax * ax + ay * ay);
        return Profile.SmoothMax(ventricles, atrium, 12) - (ventricles + atrium > 0 ? 0 : 3);
    }

    /// <summary>Width of heart along x at a place of the lateral plane, mm, summed over steps of 6 mm.</summary>
    public float WidthAt(float z, float y)
    {
        const float step = 6;
        float off = 2 * Math.Abs(z - ZAt(y)), sum = 0;
        if (off > depth) return 0;
        for (float x = atriumX - atriumWidth; x <= centreX + longAxis; x += step) sum += step * Profile.Smooth(0, 16, DepthAt(x, y) - off);
        return sum;
    }
}
