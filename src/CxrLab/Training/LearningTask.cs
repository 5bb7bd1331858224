namespace CxrLab.Training;

/// <summary>What a run learns.</summary>
public enum LearningTask
{
    /// <summary>Findings of the whole image: one logit per finding.</summary>
    Classify,

    /// <summary>The lungs' outline: one logit per pixel.</summary>
    Segment,
}
