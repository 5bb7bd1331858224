namespace CxrLab.Imaging.Dicom;

/// <summary>The shape of a window (PS3.3 C.11.2.1.2 and C.11.2.1.3).</summary>
public enum WindowFunction
{
    /// <summary>A ramp from c - 0.5 - (w - 1)/2 to c - 0.5 + (w - 1)/2: the default, made for integers.</summary>
    Linear,

    /// <summary>A ramp from c - w/2 to c + w/2.</summary>
    LinearExact,

    /// <summary>1 / (1 + exp(-4 (x - c) / w)).</summary>
    Sigmoid,
}
