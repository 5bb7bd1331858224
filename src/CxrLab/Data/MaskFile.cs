namespace CxrLab.Data;

/// <summary>A mask image: pixels above half of the range belong to the structure.</summary>
/// <param name="Structure">What is marked: <c>lungs</c>, <c>left lung</c>, <c>right lung</c>; left is the patient's left, right in the image.</param>
/// <param name="Path">The file.</param>
public sealed record MaskFile(string Structure, string Path);
