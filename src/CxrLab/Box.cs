namespace CxrLab;

/// <summary>
/// A rectangle in pixels, half open: it covers x in [X, X + Width) and y in [Y, Y + Height), with the origin at the image's
/// top left corner.
/// </summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">Width, not negative.</param>
/// <param name="Height">Height, not negative.</param>
public readonly record struct Box(double X, double Y, double Width, double Height)
{
    /// <summary>Right edge, outside the box.</summary>
    public double Right => X + Width;

    /// <summary>Bottom edge, outside the box.</summary>
    public double Bottom => Y + Height;

    /// <summary>Area in square pixels.</summary>
    public double Area => Width * Height;

    /// <summary>Area shared with <paramref name="other"/>.</summary>
    public double Overlap(Box other) =>
        Math.Max(0, Math.Min(Right, other.Right) - Math.Max(X, other.X)) *
        Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y));

    /// <summary>Intersection over union, in [0, 1]; 0 when both are empty.</summary>
    public double IoU(Box other)
    {
        double overlap = Overlap(other), union = Area + other.Area - overlap;
        return union > 0 ? overlap / union : 0;
    }

    /// <summary>
    /// Intersection over this (the detected) box's area, in [0, 1] (Wang et al., CVPR 2017). A small box inside the true one scores 1.
    /// </summary>
    public double IoBB(Box truth) => Area > 0 ? Overlap(truth) / Area : 0;

    /// <summary>The same box in an image resized by these factors.</summary>
    public Box Scale(double horizontally, double vertically) => new(X * horizontally, Y * vertically, Width * horizontally, Height * vertically);
}

/// <summary>A box with the finding that it surrounds.</summary>
/// <param name="Finding">Name of the finding, as in the label set.</param>
/// <param name="Box">In pixels of the image size that its owner states.</param>
/// <param name="Reader">Who drew it, where the data set names its readers.</param>
public sealed record FindingBox(string Finding, Box Box, string? Reader = null);
