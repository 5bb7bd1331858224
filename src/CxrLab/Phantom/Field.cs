namespace CxrLab.Phantom;

/// <summary>
/// The detector's pixel grid and the beam that projects the patient on it. Patient coordinates are millimetres: x from the midline to the
/// patient's left, y down from the lung apices, z from the middle of the chest to the back. In the picture's plane h runs to the right and
/// v down: a frontal image shows (x, y), a lateral one (z, y). Lengths in the plane are those at the patient's middle; what lies nearer
/// to the tube is cast larger.
/// </summary>
internal sealed class Field
{
    /// <summary>Side of the square detector in mm at the patient (a 43 cm cassette, less the magnification).</summary>
    private const float DetectorMm = 405;

    /// <summary>Where the beam's axis meets an average patient, mm below the apices.</summary>
    private const float AxisY = 132;

    private readonly Pose pose;
    private readonly PhantomAffine affine;
    private readonly float cos, sin, sideMm, centreH, centreV;

    public Field(int size, Pose pose, PhantomAffine? misaligned)
    {
        (Size, this.pose) = (size, pose);
        affine = misaligned ?? PhantomAffine.Identity;
        PhantomAffine back = affine.Inverse();
        sideMm = DetectorMm / pose.Scale;
        MmPerPixel = (float)(sideMm / (size * Math.Sqrt(Math.Abs(affine.A * affine.D - affine.B * affine.C))));
        (cos, sin) = (Exact.Cos(pose.Rotation), Exact.Sin(pose.Rotation));
        (centreH, centreV) = (pose.ShiftX, AxisY + pose.ShiftY);
        H = new float[size * size];
        V = new float[size * size];
        for (int row = 0, i = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++, i++)
            {
                (double x, double y) = back.Apply((column + 0.5) / size, (row + 0.5) / size);
                float dh = (float)(x - 0.5) * sideMm, dv = (float)(y - 0.5) * sideMm;
                H[i] = centreH + dh * cos + dv * sin;
                V[i] = centreV - dh * sin + dv * cos;
            }
        }
    }

    /// <summary>Rows and columns.</summary>
    public int Size { get; }

    /// <summary>Pixel pitch in the patient's middle plane.</summary>
    public float MmPerPixel { get; }

    /// <summary>h of every pixel's centre, mm, [H·W].</summary>
    public float[] H { get; }

    /// <summary>v of every pixel's centre, mm, [H·W].</summary>
    public float[] V { get; }

    /// <summary>Whether the patient is seen from the side.</summary>
    public bool IsLateral => pose.View == View.Lateral;

    /// <summary>How much larger than at the patient's middle something is cast that lies at z (frontal) or x (lateral).</summary>
    public float Magnification(float alongRay) => pose.View switch
    {
        View.PA => pose.SourceMm / (pose.SourceMm - alongRay),
        _ => pose.SourceMm / (pose.SourceMm + alongRay), // AP: tube in front; lateral: tube at the patient's right
    };

    /// <summary>Where a point of the patient is cast, mm in the plane.</summary>
    public (float H, float V) Project(float x, float y, float z)
    {
        float m = Magnification(IsLateral ? x : z);
        return ((IsLateral ? z : x) * m, AxisY + (y - AxisY) * m);
    }

    /// <summary>Patient coordinates of a place in the plane for an organ at a given distance along the ray.</summary>
    public (float Across, float Y) Unproject(float h, float v, float alongRay)
    {
        float m = Magnification(alongRay);
        return (h / m, AxisY + (v - AxisY) / m);
    }

    /// <summary>Place in the picture, in shares of its side, of a place in the plane.</summary>
    public (double X, double Y) ToShare(float h, float v)
    {
        float dh = h - centreH, dv = v - centreV;
        return affine.Apply(0.5 + (dh * cos - dv * sin) / sideMm, 0.5 + (dh * sin + dv * cos) / sideMm);
    }

    /// <summary>The pixels that a rectangle of the plane can touch, half open and clipped to the detector.</summary>
    public (int Left, int Top, int Right, int Bottom) Around(float h0, float v0, float h1, float v1, float margin)
    {
        (h0, h1, v0, v1) = (Math.Min(h0, h1) - margin, Math.Max(h0, h1) + margin, Math.Min(v0, v1) - margin, Math.Max(v0, v1) + margin);
        double left = double.MaxValue, top = double.MaxValue, right = double.MinValue, bottom = double.MinValue;
        for (int corner = 0; corner < 4; corner++)
        {
            (double x, double y) = ToShare((corner & 1) == 0 ? h0 : h1, (corner & 2) == 0 ? v0 : v1);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
        }

        return (Clip(Math.Floor(left * Size - 0.5)), Clip(Math.Floor(top * Size - 0.5)), Clip(Math.Ceiling(right * Size + 0.5)), Clip(Math.Ceiling(bottom * Size + 0.5)));
    }

    private int Clip(double pixel) => (int)Math.Clamp(pixel, 0, Size);
}
