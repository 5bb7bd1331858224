namespace CxrLab.Reports;

/// <summary>What a section of a report is for; labels come from what was seen, never from why the X-ray was asked for.</summary>
public enum SectionKind
{
    /// <summary>Text without a heading.</summary>
    Body,

    /// <summary>What the radiologist saw.</summary>
    Findings,

    /// <summary>The radiologist's conclusion.</summary>
    Impression,

    /// <summary>Earlier examinations; what stands here isn't said of this image.</summary>
    Comparison,

    /// <summary>Indication, history, technique and the like; never labelled.</summary>
    Other,
}
