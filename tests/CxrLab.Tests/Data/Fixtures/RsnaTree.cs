namespace CxrLab.Tests.Data.Fixtures;

/// <summary>The RSNA pneumonia challenge in miniature: two boxes on one image, images without, and the class table with a row per box.</summary>
internal static class RsnaTree
{
    internal const string Table = "stage_2_train_labels.csv", Classes = "stage_2_detailed_class_info.csv",
        Boxed = "00436515-870c-4b36-a041-de91049b9ab4", Other = "0004cfab-14fd-4e49-80ba-63a80b6bddd6", Normal = "003d8fa0-6bf1-40ed-b54c-ac657f8495c5";

    internal static Tree Write()
    {
        var tree = new Tree();
        tree.Text(Table, "patientId,x,y,width,height,Target", $"{Other},,,,,0", $"{Normal},,,,,0", $"{Boxed},264.0,152.0,213.0,379.0,1", $"{Boxed},562.0,152.0,256.0,453.0,1");
        tree.Text(Classes, "patientId,class", $"{Other},No Lung Opacity / Not Normal", $"{Normal},Normal", $"{Boxed},Lung Opacity", $"{Boxed},Lung Opacity");
        return tree.Png($"stage_2_train_images/{Boxed}.png").Bytes($"stage_2_train_images/{Boxed}.dcm", [1]).Bytes($"stage_2_train_images/{Other}.dcm", [1]);
    }
}
