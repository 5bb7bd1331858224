namespace CxrLab.Phantom;

/// <summary>
/// The heart's shadow: a tilted egg for the ventricles, apex towards the patient's left, and the right atrium bulging over the spine
/// on the other side.
/// </summary>
internal sealed class Heart
{
    private readonly float centreX, centreY, cos, sin, longAxis, shortAxis, atriumX, atriumY, atriumWidth, atriumHeight, depth;

    public Heart(Anatomy a, Pose pose)
    {
        float width = a.HeartRatio * 2 * a.HalfWidth * pose.HeartMagnification;
        float apexShare = 0.69f; // about two thirds of the heart lie left of the midline
        float floor = (a.LungHeight - pose.Expiration) + a.DomeDifference;
        // A heart pressed from below lies flatter.
        float tilt = Math.Max(0.3f, a.HeartTilt - 0.006f * pose.Expiration);
        (cos, sin) = (MathF.Cos(tilt), MathF.Sin(tilt));
        longAxis = width * 0.53f;
        shortAxis = width * 0.385f;
        float reach = MathF.Sqrt(longAxis * longAxis * cos * cos + shortAxis * shortAxis * sin * sin);
        float drop = MathF.Sqrt(longAxis * longAxis * sin * sin + shortAxis * shortAxis * cos * cos);
        centreX = apexShare * width - reach;
        centreY = floor + 10 - drop;
        atriumWidth = width * 0.27f;
        atriumHeight = width * 0.34f;
        atriumX = -(1 - apexShare) * width + atriumWidth;
        atriumY = floor + 2 - atriumHeight;
        depth = 0.72f * width;
    }

    /// <summary>Top of the heart's shadow, where the great vessels leave it, mm.</summary>
    public float Base => atriumY - 0.6f * atriumHeight;

    /// <summary>Depth of heart along the ray at a point, mm; 0 outside.</summary>
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

    public static void Add(Scene scene)
    {
        var heart = new Heart(scene.Anatomy, scene.Pose);
        float[] xs = scene.Field.X, ys = scene.Field.Y;
        for (int i = 0; i < xs.Length; i++)
        {
            float mm = heart.DepthAt(xs[i], ys[i]);
            if (mm <= 0) continue;
            scene.Heart[i] = Profile.Smooth(2, 14, mm);
            if (scene.Heart[i] >= 0.5f) scene.LungMask[i] = false;
            scene.Displace(i, mm);
        }
    }
}
