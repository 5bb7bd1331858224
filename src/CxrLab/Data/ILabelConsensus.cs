namespace CxrLab.Data;

/// <summary>Several readers' states of one finding on one image → one state.</summary>
public interface ILabelConsensus
{
    /// <summary>The rule in words, for notes.</summary>
    string Name { get; }

    /// <param name="votes">One state per reader; Missing is no vote. With no vote at all the answer is Missing.</param>
    LabelState Decide(IReadOnlyList<LabelState> votes);
}
