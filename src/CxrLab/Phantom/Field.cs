namespace CxrLab.Phantom;

/// <summary>
/// The detector's pixel grid laid over the patient. Patient coordinates are millimetres: x from the midline, positive towards the
/// patient's left (the picture's right); y downwards from the lung apices.
/// </summary>
internal sealed class Field
{
    /// <summary>Side of the square detector in mm at the patient (a 43 cm cassette, less the magnification).</summary>
    private const float DetectorMm = 405;

    /// <summary>Where the middle of the detector lies on an average patient, mm below the apices.</summary>
    private const float CentreY = 138;

    private readonly float cos, sin, centreX, centreY;

    public Field(int size, Pose pose)
    {
        Size = size;
        MmPerPixel = DetectorMm / (size * pose.Scale);
        (cos, sin) = (MathF.Cos(pose.Rotation), MathF.Sin(pose.Rotation));
        (centreX, centreY) = (pose.ShiftX, CentreY + pose.ShiftY);
        X = new float[size * size];
        Y = new float[size * size];
        for (int row = 0, i = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++, i++)
            {
                float dx = (column + 0.5f - size * 0.5f) * MmPerPixel, dy = (row + 0.5f - size * 0.5f) * MmPerPixel;
                X[i] = centreX + dx * cos + dy * sin;
                Y[i] = centreY - dx * sin + dy * cos;
            }
        }
    }

    /// <summary>Rows and columns.</summary>
    public int Size { get; }

    /// <summary>Pixel pitch in the patient's plane.</summary>
    public float MmPerPixel { get; }

    /// <summary>Patient x of every pixel's centre, mm, [H·W].</summary>
    public float[] X { get; }

    /// <summary>Patient y of every pixel's centre, mm, [H·W].</summary>
    public float[] Y { get; }

    /// <summary>Pixel coordinates (column, row; 0.5 is the middle of the first pixel) of a point of the patient.</summary>
    public (float Column, float Row) ToPixel(float x, float y)
    {
        float dx = x - centreX, dy = y - centreY;
        return (Size * 0.5f + (dx * cos - dy * sin) / MmPerPixel, Size * 0.5f + (dx * sin + dy * cos) / MmPerPixel);
    }

    /// <summary>The pixels that a rectangle of the patient can touch, half open and clipped to the detector.</summary>
    public (int Left, int Top, int Right, int Bottom) Around(float x0, float y0, float x1, float y1, float margin)
    {
        (float c0, float r0) = ToPixel(x0, y0);
        (float c1, float r1) = ToPixel(x1, y1);
        float reach = margin / MmPerPixel + 1;
        return (Clip(Math.Min(c0, c1) - reach), Clip(Math.Min(r0, r1) - reach), Clip(Math.Max(c0, c1) + reach + 1), Clip(Math.Max(r0, r1) + reach + 1));
    }

    private int Clip(float pixel) => (int)Math.Clamp(pixel, 0, Size);
}
