namespace CxrLab.Data;

/// <summary>Many boxes of one image → few.</summary>
public interface IBoxFusion
{
    /// <summary>The method and its threshold in words, for notes.</summary>
    string Name { get; }

    /// <param name="boxes">All boxes of one image; only boxes of one finding are compared.</param>
    /// <param name="readers">How many readers (or models) looked at the image, with or without drawing.</param>
    IReadOnlyList<ScoredBox> Fuse(IReadOnlyList<ScoredBox> boxes, int readers);
}

/// <summary>A box with its confidence.</summary>
/// <param name="Finding">Name of the finding.</param>
/// <param name="Box">In pixels.</param>
/// <param name="Score">Confidence in [0, 1]; a human reader's box has 1.</param>
public sealed record ScoredBox(string Finding, Box Box, double Score = 1);
