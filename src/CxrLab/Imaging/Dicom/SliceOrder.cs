namespace CxrLab.Imaging.Dicom;

/// <summary>What the slices of a series were sorted by.</summary>
public enum SliceOrder
{
    /// <summary>Image Position along the slices' normal: the only order that geometry vouches for.</summary>
    Position,

    /// <summary>Slice Location, where positions or orientations are missing.</summary>
    SliceLocation,

    /// <summary>Instance Number, where there is no place either.</summary>
    InstanceNumber,

    /// <summary>The file's name, where there is nothing else.</summary>
    FileName,
}
